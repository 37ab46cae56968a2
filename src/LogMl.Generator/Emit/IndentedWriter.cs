using System.Text;

namespace LogMl.Generator.Emit;

/// <summary>Writes lines of C# with '\n' at the end and the indentation of their block.</summary>
internal sealed class IndentedWriter
{
    private const string Indentation = "    ";

    private readonly StringBuilder _text = new();
    private int _level;

    public void Line(string line)
    {
        for (var i = 0; i < _level; i++)
        {
            _text.Append(Indentation);
        }

        _text.Append(line).Append('\n');
    }

    public void Line() => _text.Append('\n');

    /// <summary>Writes a head line, and the lines of <paramref name="body"/> in braces.</summary>
    public void Block(string head, Action body)
    {
        Line(head);
        Line("{");
        _level++;
        body();
        _level--;
        Line("}");
    }

    /// <summary>Writes a statement that makes an object and sets members of it.</summary>
    public void Initializer(string head, IEnumerable<string> members)
    {
        Line(head);
        Line("{");
        foreach (var member in members)
        {
            Line(Indentation + member);
        }

        Line("};");
    }

    /// <summary>Writes the body in a namespace, or without one if the name is empty.</summary>
    public void Namespace(string name, Action body)
    {
        if (name.Length == 0)
        {
            body();
        }
        else
        {
            Block("namespace " + name, body);
        }
    }

    public override string ToString() => _text.ToString();
}
