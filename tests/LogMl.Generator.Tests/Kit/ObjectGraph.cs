using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Tests.Kit;

/// <summary>
/// Walks everything that an object holds, looking for what would keep a compilation in memory or never be equal to its successor.
/// </summary>
internal static class ObjectGraph
{
    private static readonly Type[] Forbidden =
    [
        typeof(ISymbol), typeof(Compilation), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SemanticModel), typeof(Location),
        typeof(AdditionalText),
        typeof(SourceText),
        typeof(AttributeData),
        typeof(AnalyzerConfigOptionsProvider),
        typeof(Diagnostic),
        typeof(Delegate),
    ];

    public static void AssertPlain(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.TryPop(out var current))
        {
            if (current is null || !seen.Add(current))
            {
                continue;
            }

            var type = current.GetType();
            Assert.DoesNotContain(Forbidden, forbidden => forbidden.IsAssignableFrom(type));
            if (type.IsPrimitive || type.IsEnum || current is string)
            {
                continue;
            }

            if (current is IEnumerable items)
            {
                foreach (var item in items)
                {
                    open.Push(item);
                }
            }

            for (var level = type; level is not null && !type.IsArray; level = level.BaseType)
            {
                foreach (var field in level.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    open.Push(field.GetValue(current));
                }
            }
        }
    }
}
