using System.Reflection;
using Xunit.Sdk;

namespace LogMl.Storage.Tests.Kit;

/// <summary>The storages that every machine has, as data of a test: a SQLite file, and one in memory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalStoragesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StorageKind.Sqlite], [StorageKind.Memory]];
}
