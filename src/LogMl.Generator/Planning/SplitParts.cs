using LogMl.Generator.Model;

namespace LogMl.Generator.Planning;

/// <summary>The parts that the default split makes of a data set.</summary>
/// <param name="Form">The form of the parts.</param>
/// <param name="Type">The type of the data set, and of the parts that are not arrays.</param>
/// <param name="Element">The type of a row; empty for a data set of ML.NET.</param>
internal sealed record SplitParts(SplitForm Form, string Type, string Element)
{
    /// <summary>The split as an expression.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="shares">The shares for validation and test.</param>
    public string CallFor(string data, string shares)
    {
        if (Form == SplitForm.View)
        {
            return $"SplitView({data}, {shares}, random)";
        }

        var rows = Form == SplitForm.Memory ? data + ".ToArray()" : data;
        var call = $"global::LogMl.Runtime.DatasetSplit.Split<{Element}>({rows}, {shares}, random)";
        return HasHelper ? $"ToParts({call})" : call;
    }

    /// <summary>Whether the call needs a helper beside it.</summary>
    public bool HasHelper => Form is SplitForm.Collection or SplitForm.Memory or SplitForm.View;
}
