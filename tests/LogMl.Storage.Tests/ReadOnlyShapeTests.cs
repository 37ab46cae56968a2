using System.Reflection;
using LogMl.Optimization;

namespace LogMl.Storage.Tests;

/// <summary>No public member changes a stored study without the storage.</summary>
public sealed class ReadOnlyShapeTests
{
    private static readonly Type[] EngineTypes = [typeof(Study), typeof(Trial)];

    [Fact]
    public void No_public_member_of_a_stored_study_or_trial_gives_one_of_the_engine_that_could_be_changed()
    {
        var seen = new HashSet<Type>();
        var left = new Queue<Type>([typeof(StoredStudy), typeof(StoredTrial), typeof(StudyView), typeof(StudyStorage)]);
        while (left.TryDequeue(out var type))
        {
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static);
            foreach (var given in members.SelectMany(Given).SelectMany(WithArguments))
            {
                Assert.False(EngineTypes.Contains(given), $"{type} gives a {given}");
                if (given.Namespace?.StartsWith("LogMl", StringComparison.Ordinal) == true && seen.Add(given))
                {
                    left.Enqueue(given);
                }
            }
        }

        Assert.Contains(typeof(StudyHistory), seen);
        Assert.Contains(typeof(TrialView), seen);
    }

    [Fact]
    public void What_is_only_looked_at_can_neither_ask_nor_report()
    {
        foreach (var type in (Type[])[typeof(StudyView), typeof(StudyHistory), typeof(TrialView)])
        {
            var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Select(method => method.Name);
            Assert.DoesNotContain(
                methods,
                name => name is "Ask" or "TryAsk" or "Tell" or "Report" or "Enqueue" or "Restart"
                    || name.StartsWith("Set", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<Type> Given(MemberInfo member) => member switch
    {
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Where(one => one.IsOut).Select(one => one.ParameterType)],
        _ => [],
    };

    private static IEnumerable<Type> WithArguments(Type type) => type switch
    {
        { HasElementType: true } => WithArguments(type.GetElementType()!),
        { IsGenericType: true } => [type, .. type.GetGenericArguments().SelectMany(WithArguments)],
        _ => [type],
    };
}
