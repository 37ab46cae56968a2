using System.Reflection;
using Xunit.Sdk;

namespace LogMl.Storage.Tests.Kit;

/// <summary>Test data: the kinds of storage that every machine has, a SQLite file and memory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalStoragesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StorageKind.Sqlite], [StorageKind.Memory]];
}
