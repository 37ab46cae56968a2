using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Benchmarks;

/// <summary>The configuration file, as the compiler hands it to a generator.</summary>
internal sealed class YamlFile(string path, string text) : AdditionalText
{
    public override string Path { get; } = path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
