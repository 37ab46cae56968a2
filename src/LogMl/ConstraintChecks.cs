using System.Collections.Concurrent;
using System.Globalization;
using LogMl.Runtime;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>
/// Answers the host's questions whether points may be tried. The methods of the user run on a thread of their own, so that one that hangs
/// keeps neither trials nor messages waiting. One that hangs for long is the answer itself: the host cannot know which it is.
/// </summary>
/// <param name="connection">The connection to the host.</param>
/// <param name="limit">The time limit for all methods about one point.</param>
internal sealed class ConstraintChecks(HostConnection connection, TimeSpan limit)
{
    /// <summary>The time limit for an answer about one point.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly BlockingCollection<HostMessage.Check> _questions = [];

    /// <summary>The method that runs.</summary>
    private volatile string _running = "";

    /// <summary>Adds a question. Any thread may call it.</summary>
    public void Add(HostMessage.Check question) => _questions.Add(question);

    /// <summary>Answers all questions, until the process ends.</summary>
    /// <param name="constraints">The methods with their names.</param>
    public void Serve(IReadOnlyList<(string Name, Func<ParameterValues, bool> IsAllowed)> constraints)
    {
        foreach (var question in _questions.GetConsumingEnumerable(CancellationToken.None))
        {
            using var late = new Timer(_ => connection.Send(Late(question)), null, limit, Timeout.InfiniteTimeSpan);
            connection.Send(AnswerTo(question, constraints));
        }
    }

    private WorkerMessage.Unchecked Late(HostMessage.Check question) => new(
        question.Number, _running, new Thrown(
            "",
            string.Create(
                CultureInfo.InvariantCulture,
                $"It did not answer within {limit.TotalSeconds:0} s. It may be asked about thousands of points, so it should only compare "
                + $"the parameters."),
            ""));

    private WorkerMessage AnswerTo(
        HostMessage.Check question, IReadOnlyList<(string Name, Func<ParameterValues, bool> IsAllowed)> constraints)
    {
        var values = new ParameterValues(question.Parameters);
        var refusing = new List<string>();
        foreach (var (name, isAllowed) in constraints)
        {
            _running = name;
            try
            {
                if (!isAllowed(values))
                {
                    refusing.Add(name);
                }
            }
            catch (Exception exception)
            {
                return new WorkerMessage.Unchecked(question.Number, name, ExceptionText.Of(exception));
            }
        }

        return new WorkerMessage.Checked(question.Number, refusing);
    }
}
