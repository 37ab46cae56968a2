using LogMl.Configuration.Diagnostics;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Shared;

namespace LogMl.Generator.Binding;

/// <summary>
/// Finds an argument for each parameter of a step method. Services and parameter records are bound by type, parameters of the step by name.
/// The others are data: the type must fit, and the name selects, or otherwise the order.
/// </summary>
internal sealed class StepBinder(StepMethod method, StepScope scope, GeneratedTypes generated)
{
    public const string AllRecordsLocal = "workflowParameters";

    private readonly StepBinding _binding = new(method);

    public static StepBinding Bind(StepMethod method, StepScope scope, GeneratedTypes generated) =>
        new StepBinder(method, scope, generated).Bind();

    private StepBinding Bind()
    {
        var pending = method.Parameters
            .Where(parameter => !IsFlawed(parameter) && !IsMisplaced(parameter) && !TryBindByType(parameter) && !TryBindByName(parameter))
            .ToList();
        pending.RemoveAll(parameter => TryBindData(parameter, value => value.IsNamedBy(parameter.Name)));
        pending.RemoveAll(parameter => TryBindData(parameter, value => !value.IsByNameOnly));
        foreach (var parameter in pending)
        {
            if (!parameter.IsOptional)
            {
                _binding.IsIncomplete = true;
                ReportUnbound(parameter);
            }
            else if (generated.FindInOtherSteps(scope.Step, parameter) is { } other)
            {
                Report(StepDiagnostics.DefaultInsteadOfParameter, parameter, parameter.Name, other.Parameter.Name, other.Step, scope.Step);
            }
        }

        return _binding;
    }

    /// <summary>Whether no call can pass the parameter. That has been reported already.</summary>
    private bool IsFlawed(StepParameter parameter)
    {
        var isFlawed = method.Flaws.Any(flaw => flaw.Target == DiagnosticTarget.Parameter(method.Id, parameter.Index));
        _binding.IsIncomplete |= isFlawed;
        return isFlawed;
    }

    /// <summary>Whether the parameter takes a type of another workflow, which is reported.</summary>
    private bool IsMisplaced(StepParameter parameter)
    {
        if (generated.Misplaced(method, parameter) is not { } diagnostic)
        {
            return false;
        }

        _binding.IsIncomplete = true;
        if (method.Flaws.IsEmpty)
        {
            _binding.Diagnostics.Add(diagnostic);
        }

        return true;
    }

    private bool TryBindByType(StepParameter parameter)
    {
        if (Services.ExpressionOf(parameter.Type, scope.Step, scope.Random) is { } service)
        {
            _binding.UsesTrial |= Services.IsTrial(parameter.Type);
            _binding.MayReport |= parameter.MayReport;
            _binding.UsesLogger |= Services.IsLogger(parameter.Type);
            return SetArgument(parameter, service, parameter.Type.ShortName);
        }

        if (scope.Branch is { } branch && branch.Index == parameter.Index)
        {
            _binding.ParameterNames.Add(branch.Choice.Parameter.Name);
            return SetArgument(parameter, branch.Expression, branch.Choice.SpaceName);
        }

        if (!generated.IsRecord(parameter.Type))
        {
            return false;
        }

        if (parameter.Type.SimpleName == GeneratedNames.AllRecords)
        {
            _binding.UsesAllRecords = true;
            return SetArgument(parameter, AllRecordsLocal, GeneratedNames.AllRecords);
        }

        if (parameter.Type.SimpleName == scope.Record.RecordName)
        {
            _binding.UsesRecord = true;
            return SetArgument(parameter, scope.RecordLocal, scope.Record.RecordName);
        }

        _binding.IsIncomplete = true;
        Report(StepDiagnostics.OtherStepsRecord, parameter,
            parameter.Type.SimpleName, GeneratedTypes.StepOf(parameter.Type.SimpleName), scope.Step, scope.Record.RecordName);
        return true;
    }

    private bool TryBindByName(StepParameter parameter)
    {
        if (PropertyFor(parameter) is not { } property)
        {
            return false;
        }

        var (expression, reason) = ValueConversion.Convert(property, parameter.Type, scope.RecordLocal + "." + property.Name);
        if (expression is not null)
        {
            _binding.ParameterNames.Add(property.Parameter.Name);
            WarnOfNull(
                parameter, property.Parameter.Type.IsNullable, $"'{property.SpaceName}'",
                "give the parameter a value wherever the YAML has null");
            return SetArgument(parameter, expression, property.SpaceName);
        }

        // "train" may be the name of a parameter and of the data: the type decides.
        if (scope.Values.Any(value => value.Type.FitsIn(parameter.Type) && value.IsNamedBy(parameter.Name)))
        {
            return false;
        }

        _binding.ParameterNames.Add(property.Parameter.Name);
        _binding.IsIncomplete = true;
        if (property.IsEnumLost && parameter.Type.IsUnknown && parameter.Type.ShortName.TrimEnd('?') == property.PossibleEnumName)
        {
            reason += "; to keep the enum, list its members in 'functions.types'";
        }
        else if (parameter.Type.IsUnknown && !generated.Has(parameter.Type))
        {
            return true;
        }

        var isNamesake = !parameter.Type.IsUnknown && parameter.Type.NestedName == property.GeneratedType;
        Report(StepDiagnostics.WrongParameterType, parameter,
            parameter.Name, isNamesake ? WithoutGlobal(parameter.Type.Name) : parameter.Type.ShortName, property.SpaceName, reason!);

        return true;
    }

    private ParameterProperty? PropertyFor(StepParameter parameter) =>
        scope.Record.Properties.FirstOrDefault(property => Identifiers.AreSame(property.Parameter.Name, parameter.Name));

    private bool TryBindData(StepParameter parameter, Func<StepValue, bool> accepts)
    {
        var value = UnusedValues.FirstOrDefault(candidate => accepts(candidate) && candidate.Type.FitsIn(parameter.Type));
        if (value is null)
        {
            return false;
        }

        _binding.Values.Add(value);
        WarnOfNull(
            parameter, value.Type.MayBeNull, $"what '{value.Origin}' gives ('{value.Type.ShortName}?')",
            $"change the result of '{value.Origin}'");
        return SetArgument(
            parameter, value.Type.IsUnion ? $"({parameter.Type.Name}){value.Expression}" : value.Expression, value.Name);
    }

    private void WarnOfNull(StepParameter parameter, bool mayBeNull, string what, string otherRemedy)
    {
        if (mayBeNull && !parameter.Type.AcceptsNull)
        {
            Report(StepDiagnostics.MayBeNull, parameter,
                method.DisplayName, parameter.Name, parameter.Type.ShortName, what,
                $"take '{parameter.Type.ShortName}?', or {otherRemedy}");
        }
    }

    private IEnumerable<StepValue> UnusedValues => scope.Values.Where(value => !_binding.Values.Contains(value));

    private bool SetArgument(StepParameter parameter, string expression, string source)
    {
        _binding.Arguments[parameter.Index] = expression;
        _binding.Sources[parameter.Index] = source;
        return true;
    }

    private void ReportUnbound(StepParameter parameter)
    {
        // The compiler reports that the type does not exist, or that a choice has no such branch. Why no method can take a branch has been
        // reported.
        if ((parameter.Type.IsUnknown && !generated.Has(parameter.Type)) || generated.BranchOf(scope.Step, parameter.Type) is not null)
        {
            return;
        }

        if (scope.Dropped is { } dropped && dropped.Type.FitsIn(parameter.Type))
        {
            ReportDropped(parameter, dropped);
            return;
        }

        var inner = AdviceForInner(parameter);
        var suggestion = inner is null ? SuggestionFor(parameter) : null;
        var isScalar = Scalars.Contains(parameter.Type.Name.TrimEnd('?')) || !parameter.Type.EnumMembers.IsEmpty;
        if (scope.IsDataUnknown && suggestion is null && inner is null && !isScalar)
        {
            return;
        }

        var foreign = suggestion is null && inner is null && !isScalar ? scope.AdviceForMissing(parameter.Type) : null;
        var meant = suggestion is null && inner is null && foreign is null && !parameter.Type.IsUnknown
            ? ProbableValueFor(parameter, isScalar)
            : null;
        if (meant is { Type.IsUnknown: true } || (meant is { IsModel: true } && scope.IsModelUnknown))
        {
            return;
        }

        if (meant is not null)
        {
            var given = NameBeside(parameter.Type, meant.Type.ShortName, meant.Type.Name);
            var taken = IsNamesake(parameter.Type, meant.Type.ShortName, meant.Type.Name)
                ? WithoutGlobal(parameter.Type.Name)
                : parameter.Type.ShortName;
            _binding.Misfits.Add(meant);
            Report(StepDiagnostics.StepMismatch, parameter, method.DisplayName, parameter.Name, taken, meant.Origin, given);
        }
        else
        {
            var question = inner is not null ? null
                : Services.MeantBy(parameter.Type, scope.Step) is { } service ? $"; did you mean '{service}'?"
                : suggestion is not null ? $"; did you mean '{Identifiers.ToCamelCase(suggestion)}' (parameter '{suggestion}')?"
                : null;
            var advice = question is not null ? question + " Available"
                : (inner ?? (generated.FindInOtherSteps(scope.Step, parameter) is { } other
                    ? $": '{other.Parameter.Name}' is a parameter of step '{other.Step}'; take {GeneratedNames.AllRecords}, "
                        + "or move it in the YAML"
                    : foreign)) + "; available";
            Report(StepDiagnostics.UnboundParameter, parameter, scope.Step, parameter.Name,
                HasNamesake(parameter.Type) ? WithoutGlobal(parameter.Type.Name) : parameter.Type.ShortName,
                advice, string.Join(", ", Available(parameter.Type)));
        }
    }

    /// <summary>
    /// Where a parameter is that belongs to a branch, as the continuation of a message; null when no branch of the step has it. A method
    /// takes the branch, or the whole choice.
    /// </summary>
    private string? AdviceForInner(StepParameter parameter)
    {
        if (scope.Branch is { } taken && taken.Choice.Branches!.Branches
            .FirstOrDefault(branch => branch.Name == method.Parameters[taken.Index].Type.NestedName) is { } own
            && InnerOf(own, parameter) is { } mine)
        {
            return $": read '{method.Parameters[taken.Index].Name}.{mine.Name}'";
        }

        var found = scope.Record.Properties
            .Where(choice => choice.Branches is not null)
            .SelectMany(choice => choice.Branches!.Branches.Select(branch => (Choice: choice, Branch: branch)))
            .FirstOrDefault(pair => InnerOf(pair.Branch, parameter) is not null);
        return found.Branch is { } other
            ? $": '{InnerOf(other, parameter)!.SpaceName}' is a parameter of a branch; take "
                + $"'{found.Choice.Branches!.Name} {Identifiers.ToCamelCase(found.Choice.Parameter.Name)}' and read "
                + $"'{InnerOf(other, parameter)!.Name}' where it is '{found.Choice.Branches.Name}.{other.Name}'"
            : null;
    }

    /// <summary>The property of a branch that a parameter of a method would take by its name or by its type.</summary>
    private static ParameterProperty? InnerOf(BranchRecord branch, StepParameter parameter) =>
        branch.Properties.FirstOrDefault(property => Identifiers.AreSame(property.Parameter.Name, parameter.Name))
        ?? branch.Properties.FirstOrDefault(property => property.GeneratedType is { } type
            && type == (parameter.Type.Outer ?? parameter.Type.NestedName));

    private void ReportDropped(StepParameter parameter, StepValue dropped)
    {
        if (scope.IsDropReported)
        {
            return;
        }

        var model = scope.Values.FirstOrDefault(value => value.IsModel)?.Type.ShortName ?? "";
        _binding.Misfits.Add(dropped);
        Report(StepDiagnostics.DroppedTraining, parameter, method.DisplayName, parameter.Name, parameter.Type.ShortName, dropped.Origin,
            model);
    }

    private static string WithoutGlobal(string type) => type.Replace("global::", "");

    /// <summary>
    /// The data that the parameter is probably meant for although its type does not fit: the data that its name selects, or otherwise the
    /// first unused data.
    /// </summary>
    private StepValue? ProbableValueFor(StepParameter parameter, bool isScalar) =>
        UnusedValues.FirstOrDefault(value => value.IsNamedBy(parameter.Name) && !value.IsByNameOnly)
        ?? (isScalar ? null : UnusedValues.FirstOrDefault(value => !value.IsByNameOnly));

    private string? SuggestionFor(StepParameter parameter)
    {
        var names = scope.Record.Properties.Select(property => property.Parameter.Name).ToList();
        var nearest = NearestName.Find(Identifiers.Normalize(parameter.Name), names.Select(Identifiers.Normalize));
        return nearest is null ? null : names.Find(name => Identifiers.Normalize(name) == nearest);
    }

    private IEnumerable<string> Available(TakenType taken) =>
        scope.Values.Select(value => $"{value.Name} ({NameBeside(taken, value.Type.ShortName, value.Type.Name)})")
            .Concat(scope.Record.Properties.Select(property => $"{Identifiers.ToCamelCase(property.Parameter.Name)} ({TypeOf(property)})"))
            .Concat(scope.Record.Properties.IsEmpty ? [] : [NameBeside(taken, scope.Record.RecordName, scope.Record.FullName)])
            .Concat(Services.DescriptionsOf(scope.Step));

    private bool HasNamesake(TakenType taken) =>
        IsNamesake(taken, scope.Record.RecordName, scope.Record.FullName)
            || scope.Values.Any(value => IsNamesake(taken, value.Type.ShortName, value.Type.Name));

    /// <summary>The short name of a type, or the full name if another type has the same short name.</summary>
    private static string NameBeside(TakenType taken, string shortName, string name) =>
        IsNamesake(taken, shortName, name) ? WithoutGlobal(name) : shortName;

    private static bool IsNamesake(TakenType taken, string shortName, string name) =>
        taken.ShortName.TrimEnd('?') == shortName && taken.Name != name;

    private static string TypeOf(ParameterProperty property) =>
        property.GeneratedType ?? property.TypeName.Replace("global::System.Collections.Generic.", "");

    /// <summary>Reports a problem of a parameter, unless it has been reported already that the method cannot be a step.</summary>
    private void Report(DiagnosticDefinition definition, StepParameter parameter, params string[] arguments)
    {
        if (method.Flaws.IsEmpty)
        {
            _binding.Diagnostics.Add(StepDiagnostic.Of(definition, DiagnosticTarget.Parameter(method.Id, parameter.Index), arguments));
        }
    }

    private static readonly HashSet<string> Scalars = new(StringComparer.Ordinal)
    {
        "bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "char", "string",
    };
}
