namespace LogMl.EndToEnd.Tests;

/// <summary>A program in its own folder that uses one of the libraries as a package.</summary>
internal static class LibraryConsumer
{
    /// <summary>Its project file.</summary>
    /// <param name="package">The library.</param>
    /// <param name="properties">Further properties.</param>
    public static string Project(string package, string properties = "") => $$"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            {{properties}}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{{package}}" Version="{version}" />
          </ItemGroup>
        </Project>
        """;
}
