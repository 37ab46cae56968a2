extern alias Tasks;
extern alias Worker;

using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using LogMl.Shared.Wire;
using TaskWire = Tasks::LogMl.Shared.Wire;
using WorkerWire = Worker::LogMl.Shared.Wire;

namespace LogMl.Host.Tests;

/// <summary>
/// Each record that crosses a border between processes, as the code of one end writes it and that of the other reads it. The records are
/// found by reflection.
/// </summary>
public sealed class WireTests
{
    private static readonly string[] Texts = ["", "x", "model_train", "a\tb\\n\r\n\u001e\"é日\u2028{}", "\U0001f600", "/sp ace/é@1"];
    private static readonly double[] Reals =
        [0, -0.0, 0.1, -1.5e-300, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly string[] Documents = ["{}", """{"format":2,"space":{"params":[]},"x":[1.0,null,"é"]}"""];

    public static TheoryData<Type> HostMessages => RecordsOf(typeof(HostMessage));

    public static TheoryData<Type> WorkerMessages => RecordsOf(typeof(WorkerWire.WorkerMessage));

    public static TheoryData<Type> HostEvents => RecordsOf(typeof(HostEvent));

    [Theory]
    [MemberData(nameof(HostMessages))]
    public void A_message_of_the_host_reaches_the_worker_as_it_was(Type record) => Gen.Int.Sample(seed =>
    {
        var sent = (HostMessage)Make(record, new Random(seed));
        AssertSame(sent, WorkerWire.HostMessage.Read(Line(sent.ToLine())));
    });

    [Theory]
    [MemberData(nameof(WorkerMessages))]
    public void A_message_of_a_worker_reaches_the_host_as_it_was(Type record) => Gen.Int.Sample(seed =>
    {
        var sent = (WorkerWire.WorkerMessage)Make(record, new Random(seed));
        AssertSame(sent, WorkerMessage.Read(Line(sent.ToLine())));
    });

    [Theory]
    [MemberData(nameof(HostEvents))]
    public void An_event_of_the_host_reaches_the_task_as_it_was(Type record) => Gen.Int.Sample(seed =>
    {
        var sent = (HostEvent)Make(record, new Random(seed));
        Assert.True(TaskWire.EventLine.TryParse(sent.ToLine(), out var line));
        Assert.Equal(record.Name.ToLowerInvariant(), line.Kind);
        AssertSame(sent, TaskWire.HostEvent.Of(line)!);
    });

    [Theory]
    [MemberData(nameof(HostMessages))]
    [MemberData(nameof(WorkerMessages))]
    public void A_message_has_the_name_of_its_record_and_needs_each_of_its_fields_and_no_other(Type record)
    {
        var message = (JsonObject)JsonNode.Parse(Text(Make(record, new Random(1))))!;
        Assert.Equal(record.Name.ToLowerInvariant(), (string?)message["type"]);
        var whole = message.ToJsonString();
        message["of_a_later_version"] = new JsonArray(1, null);
        AssertSame(Read(record, whole), Read(record, message.ToJsonString()));
        message.Remove("of_a_later_version");
        string[] optional = record == typeof(HostMessage.Trial) ? ["prune", "traceparent", "fold", "folds"]
            : record == typeof(HostMessage.Cancel) ? ["fold"]
            : [];
        foreach (var name in message.Select(field => field.Key).Except(optional).ToList())
        {
            var changed = (JsonObject)message.DeepClone();
            changed.Remove(name);
            Assert.Contains($"'{name}' is missing", Refusal(changed), StringComparison.Ordinal);

            // No field but those that may be anything, and a list, is an array.
            changed[name] = new JsonArray();
            if (name is not ("manifest" or "json" or "refusing" or "values" or "attributes" or "best_values"))
            {
                Assert.Contains($"'{name}' must be ", Refusal(changed), StringComparison.Ordinal);
            }
        }

        string Refusal(JsonObject changed) => Assert.Throws<JsonException>(() => Read(record, changed.ToJsonString())).Message;
    }

    [Fact]
    public void A_greeting_of_another_protocol_says_so_whatever_else_it_has()
    {
        var greeting = WorkerMessage.Read("""{"type":"hello","protocol":9,"pid":"new"}"""u8.ToArray());
        Assert.Equal(9, Assert.IsType<WorkerMessage.Hello>(greeting).Protocol);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"type":"from_the_future"}""")]
    [InlineData("""{"type":"report","number":1,"step":1.5,"value":1}""")]
    [InlineData("""{"type":"report","number":99999999999,"step":1,"value":1}""")]
    [InlineData("""{"type":"report","number":1,"step":1,"value":"much"}""")]
    [InlineData("""{"type":"completed","number":1,"scores":{"validate":{"loss":[]}}}""")]
    [InlineData("""{"type":"completed","number":1,"scores":{"validate":1}}""")]
    [InlineData("""{"type":"checked","number":1,"refusing":[1]}""")]
    [InlineData("""{"type":"failed","number":1,"step":null,"exception":"","message":"\ud800","stack":""}""")]
    public void What_is_no_message_is_one_kind_of_error(string line) =>
        Assert.ThrowsAny<JsonException>(() => WorkerMessage.Read(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_damaged_line_is_a_message_or_one_kind_of_error()
    {
        Type[] records = [.. typeof(WorkerWire.WorkerMessage).GetNestedTypes().Where(type => !type.IsAbstract)];
        var damages = Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[1, 4];
        Gen.Select(Gen.Int[0, records.Length - 1], Gen.Int, damages).Sample((record, seed, damage) =>
        {
            var line = Encoding.UTF8.GetBytes(Text(Make(records[record], new Random(seed))));
            foreach (var (place, value) in damage)
            {
                line[place % line.Length] = value;
            }

            try
            {
                WorkerMessage.Read(line);
            }
            catch (JsonException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        });
    }

    [Theory]
    [MemberData(nameof(HostEvents))]
    public void An_event_with_fewer_fields_or_wrong_ones_is_not_understood_and_further_fields_do_not_matter(Type record)
    {
        var sent = (HostEvent)Make(record, new Random(1));
        Assert.True(EventLine.TryParse(sent.ToLine(), out var line));
        for (var count = 0; count < line.Fields.Length; count++)
        {
            Assert.Null(Reread([.. line.Fields.Take(count)]));
        }

        AssertSame(sent, Reread([.. line.Fields, "of a later version"])!);
        Gen.String.Array[line.Fields.Length].Sample(fields => Reread(fields) is not { } read || read.GetType().Name == record.Name);

        TaskWire.HostEvent? Reread(string[] fields)
        {
            Assert.True(TaskWire.EventLine.TryParse(TaskWire.EventLine.Format(line.Kind, fields), out var again));
            return TaskWire.HostEvent.Of(again);
        }
    }

    private static TheoryData<Type> RecordsOf(Type union) =>
        [.. union.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type => type.IsSubclassOf(union))];

    private static ReadOnlyMemory<byte> Line(ReadOnlySpan<byte> line)
    {
        Assert.Equal(line.Length - 1, line.IndexOf((byte)'\n'));
        return line[..^1].ToArray();
    }

    private static string Text(object message) => Encoding.UTF8.GetString(
        message is HostMessage toWorker ? toWorker.ToLine() : ((WorkerWire.WorkerMessage)message).ToLine());

    private static object Read(Type record, string line) => record.IsSubclassOf(typeof(HostMessage))
        ? WorkerWire.HostMessage.Read(Encoding.UTF8.GetBytes(line))
        : WorkerMessage.Read(Encoding.UTF8.GetBytes(line));

    /// <summary>A record with any values.</summary>
    private static object Make(Type record, Random random)
    {
        // The other one copies.
        var constructor = record.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var nullability = new NullabilityInfoContext();
        var made = constructor.Invoke([.. parameters.Select(parameter => parameter.Name == "Protocol"
            ? ProtocolVersions.Pipe
            : Value(parameter.ParameterType, IsNullable(nullability.Create(parameter)), random))]);
        foreach (var property in record.GetProperties().Where(property => property.CanWrite && parameters.Length == 0))
        {
            property.SetValue(made, Value(property.PropertyType, IsNullable(nullability.Create(property)), random));
        }

        return made;

        static bool IsNullable(NullabilityInfo info) => info.ReadState == NullabilityState.Nullable;
    }

    private static object? Value(Type type, bool isNullable, Random random)
    {
        if (isNullable && random.Next(3) == 0)
        {
            return null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;

        // An event has no text that is empty and yet there, and JSON no half of a surrogate pair.
        return type == typeof(string) ? Texts[random.Next(isNullable ? 1 : 0, Texts.Length)]
            : type == typeof(bool) ? random.Next(2) == 0
            : type == typeof(int) ? random.Next(int.MinValue, int.MaxValue)
            : type == typeof(long) ? random.NextInt64(long.MinValue, long.MaxValue)
            : type == typeof(double) ? (random.Next(2) == 0 ? Reals[random.Next(Reals.Length)] : random.NextDouble())
            : type == typeof(JsonElement) ? JsonElement.Parse(Documents[random.Next(Documents.Length)])
            : type.Name == nameof(Thrown) ? Make(type, random)
            : type.IsEnum ? Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))
            : type == typeof(IReadOnlyList<string>) ? random.GetItems(Texts, random.Next(3))
            : type == typeof(IReadOnlyDictionary<string, double>) ? Numbers(random)
            : type == typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>)
                ? new Dictionary<string, IReadOnlyDictionary<string, double>> { ["validate"] = Numbers(random), ["test"] = Numbers(random) }
            : throw new NotSupportedException($"A test of {type} is missing.");
    }

    private static OrderedDictionary<string, double> Numbers(Random random)
    {
        var numbers = new OrderedDictionary<string, double>();
        for (var i = random.Next(4); i > 0; i--)
        {
            numbers.Add(FormattableString.Invariant($"é.{i}"), (double)Value(typeof(double), false, random)!);
        }

        return numbers;
    }

    /// <summary>The two are of two assemblies.</summary>
    private static void AssertSame(object sent, object read)
    {
        Assert.Equal(sent.GetType().Name, read.GetType().Name);
        foreach (var property in sent.GetType().GetProperties())
        {
            Assert.Equal(Shown(property.GetValue(sent)), Shown(read.GetType().GetProperty(property.Name)!.GetValue(read)));
        }
    }

    /// <summary>A value as text that is equal exactly when it is.</summary>
    private static string Shown(object? value) => value switch
    {
        null => "null",
        JsonElement json => JsonNode.Parse(json.GetRawText())!.ToJsonString(),
        string text => "'" + text + "'",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IReadOnlyList<string> texts => string.Join(", ", texts.Select(Shown)),
        IReadOnlyDictionary<string, double> numbers => Joined(numbers),
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> parts => Joined(parts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Joined<T>(IReadOnlyDictionary<string, T> values) =>
        string.Join(", ", values.Select(pair => $"{pair.Key}: ({Shown(pair.Value)})"));
}
