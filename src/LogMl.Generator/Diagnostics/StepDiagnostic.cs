using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;

namespace LogMl.Generator.Diagnostics;

/// <summary>A diagnostic without its position.</summary>
internal sealed record StepDiagnostic(DiagnosticDefinition Definition, DiagnosticTarget Target, EquatableArray<string> Arguments)
{
    public static StepDiagnostic Of(DiagnosticDefinition definition, DiagnosticTarget target, params string[] arguments) =>
        new(definition, target, arguments.ToEquatableArray());
}

/// <summary>What a diagnostic is about: a method, one of its parameters, its attribute, its class, or a key of the YAML.</summary>
internal sealed record DiagnosticTarget
{
    private const int MethodName = -1;
    private const int AttributeArgument = -2;
    private const int ClassName = -3;

    private DiagnosticTarget(string? methodId, int index, string? yamlPath)
    {
        MethodId = methodId;
        Index = index;
        YamlPath = yamlPath;
    }

    public string? MethodId { get; }

    public int Index { get; }

    public string? YamlPath { get; }

    public static DiagnosticTarget Method(string methodId) => new(methodId, MethodName, null);

    public static DiagnosticTarget Attribute(string methodId) => new(methodId, AttributeArgument, null);

    public static DiagnosticTarget Class(string methodId) => new(methodId, ClassName, null);

    public static DiagnosticTarget Parameter(string methodId, int index) => new(methodId, index, null);

    public static DiagnosticTarget Yaml(string path) => new(null, 0, path);

    /// <summary>The place of the target in the C# file.</summary>
    public Place In(MethodPlaces places) => Index switch
    {
        MethodName => places.Name,
        AttributeArgument => places.Attribute,
        ClassName => places.Class,
        _ => Index < places.Parameters.Count ? places.Parameters[Index] : places.Name,
    };
}
