namespace LogMl.Generator.Model;

/// <summary>The product that the generator is a part of.</summary>
internal static class Product
{
    /// <summary>The name of the generator, by which code that it has written is recognized.</summary>
    public const string Generator = "LogMl.Generator";

    /// <summary>Its version, which is in the generated code and in the manifest.</summary>
    public static string Version { get; } = typeof(Product).Assembly.GetName().Version.ToString(3);
}
