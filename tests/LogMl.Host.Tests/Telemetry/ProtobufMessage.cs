using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LogMl.Host.Tests.Telemetry;

/// <summary>Reads the fields of a message of protobuf, by their numbers.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Number, object Value)> _fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes.Span, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((number, Varint(bytes.Span, ref at)));
                    break;
                case 1:
                    _fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[at..])));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(bytes.Span, ref at);
                    _fields.Add((number, bytes.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"The wire type {key & 7} is unknown.");
            }
        }
    }

    public IEnumerable<ProtobufMessage> Messages(int number) => Bytes(number).Select(bytes => new ProtobufMessage(bytes));

    public ProtobufMessage? Message(int number) => Messages(number).SingleOrDefault();

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number).SingleOrDefault().Span);

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).SingleOrDefault().Span);

    public ulong? Number(int number) =>
        (ulong?)_fields.Where(field => field.Number == number).Select(field => field.Value).SingleOrDefault();

    /// <summary>The attributes of a field, as text.</summary>
    public Dictionary<string, string> Attributes(int number) => Messages(number).ToDictionary(
        pair => pair.Text(1),
        pair => pair.Message(2) is { } value
            ? value.Number(3)?.ToString(CultureInfo.InvariantCulture)
                ?? (value.Number(4) is { } bits
                    ? BitConverter.UInt64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture)
                    : value.Text(1))
            : "",
        StringComparer.Ordinal);

    private IEnumerable<ReadOnlyMemory<byte>> Bytes(int number) =>
        _fields.Where(field => field.Number == number).Select(field => (ReadOnlyMemory<byte>)field.Value);

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
