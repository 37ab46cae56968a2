namespace LogMl.EndToEnd.Tests;

/// <summary>The tests that share one packed bundle.</summary>
[CollectionDefinition(Name)]
public sealed class UsesPackedBundle : ICollectionFixture<PackedBundle>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "a packed bundle";
}
