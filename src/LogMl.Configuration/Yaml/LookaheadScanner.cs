using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// A scanner that may be asked for the next token several times before the token is consumed. YamlDotNet's parser does so behind a scalar
/// with an anchor in a mapping in braces, and its own scanner would lose the comma there: <c>{a: &amp;x 1, b: 2}</c> would be refused.
/// </summary>
internal sealed class LookaheadScanner(IScanner scanner) : IScanner
{
    private bool _isAhead;

    /// <inheritdoc/>
    public Mark CurrentPosition => scanner.CurrentPosition;

    /// <inheritdoc/>
    public Token? Current => scanner.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (Current is not null)
        {
            ConsumeCurrent();
        }

        return MoveNextWithoutConsuming();
    }

    /// <inheritdoc/>
    public bool MoveNextWithoutConsuming()
    {
        // The parser asks whether the end of the stream really is the end, and does not consume it before.
        if (!_isAhead || Current is StreamEnd)
        {
            _isAhead = scanner.MoveNextWithoutConsuming();
        }

        return _isAhead;
    }

    /// <inheritdoc/>
    public void ConsumeCurrent()
    {
        scanner.ConsumeCurrent();
        _isAhead = false;
    }
}
