namespace LogMl.Tool.Filters;

/// <summary>What a piece of an expression is.</summary>
internal enum TokenKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>The name of something that trials have, or a text without quotes.</summary>
    Name,

    /// <summary>One of <c>and</c>, <c>or</c>, <c>not</c>, or a sign.</summary>
    Word,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Written">The piece as it stands there.</param>
/// <param name="Value">What it means, without quotes.</param>
internal sealed record FilterToken(TokenKind Kind, string Written, string Value);
