using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Host.Requests;

/// <summary>Reads the request of a build from its file.</summary>
internal static class RequestFile
{
    /// <summary>Reads a request, and checks it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="needsAssembly">Whether the verb runs the workflow.</param>
    /// <exception cref="HostException">The file cannot be read, or is invalid.</exception>
    public static HostRequest Read(string path, bool needsAssembly)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var fields = new RequestReader(json.RootElement);
            var request = HostRequest.Pass(fields, null);
            fields.RequireNoOther();
            RequireOverrides(request);
            RequireGate(request);
            string[] needed = needsAssembly ? [request.Assembly, request.DepsFile, request.RuntimeConfig, request.Worker] : [];
            return Array.TrueForAll(needed, file => file.Length > 0)
                ? request
                : throw new FormatException("One of the fields 'assembly', 'depsfile', 'runtimeconfig' and 'worker' is missing.");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            throw new HostException(HostErrors.Usage, $"The request '{path}' cannot be used: {exception.Message}");
        }
    }

    /// <summary>Checks the limits of the gate, as <see cref="RequireOverrides"/> does.</summary>
    private static void RequireGate(HostRequest request)
    {
        if (request.MaxLoss is { } loss && GateLimits.Loss.Read(loss) is null)
        {
            throw new FormatException($"{GateLimits.MaxLoss} is '{loss}', but must be {GateLimits.Loss.Advice(loss)}.");
        }

        if (request.MaxRegression is { } regression && RegressionTolerance.Read(regression) is null)
        {
            throw new FormatException($"{GateLimits.MaxRegression} is '{regression}', but must be {RegressionTolerance.Expected}.");
        }
    }

    /// <summary>Checks the overrides. The build has checked them too, but the file may be written by hand.</summary>
    private static void RequireOverrides(HostRequest request)
    {
        foreach (var (name, text) in request.Overrides)
        {
            if (Array.Find(SearchKeys.Table, row => row.Name == name && row.Property is not null) is not { } key)
            {
                throw new FormatException($"'{name}' is no key that a build overrides.");
            }

            if (key.Rule!.Read(text) is null)
            {
                throw new FormatException($"{key.Property} is '{text}', but must be {key.Rule.Advice(text)}.");
            }
        }
    }
}
