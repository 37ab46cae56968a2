namespace LogMl.Generator.Model;

/// <summary>The product whose part the generator is.</summary>
internal static class Product
{
    /// <summary>Its version, which generated code and the manifest carry.</summary>
    public static string Version { get; } = typeof(Product).Assembly.GetName().Version.ToString(3);
}
