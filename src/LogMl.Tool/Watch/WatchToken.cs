using System.Security.Cryptography;
using System.Text;

namespace LogMl.Tool.Watch;

/// <summary>The secret in the address of a watch: other users of the machine can reach its port, too.</summary>
internal sealed class WatchToken
{
    private const int Bytes = 24;

    private readonly byte[] _hash;

    public WatchToken()
    {
        Text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        _hash = Hash(Text);
    }

    /// <summary>The token as it stands in the address.</summary>
    public string Text { get; }

    /// <summary>Compares a token in a time that does not depend on where it differs.</summary>
    public bool Is(string token) => CryptographicOperations.FixedTimeEquals(_hash, Hash(token));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
