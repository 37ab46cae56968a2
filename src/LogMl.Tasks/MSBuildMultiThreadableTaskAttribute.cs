namespace Microsoft.Build.Framework;

/// <summary>
/// Tells MSBuild that a task may run in its own process when several projects are built on threads (<c>-mt</c>). MSBuild recognises the
/// attribute by its name. Without it the task would run in a task host, which drops the messages of the terminal logger.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
