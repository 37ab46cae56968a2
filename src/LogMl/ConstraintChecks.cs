using System.Collections.Concurrent;
using LogMl.Runtime;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>
/// Answers the host's questions whether points may be tried. The methods of the user run on a thread of their own, so that one that hangs
/// keeps neither trials nor messages waiting.
/// </summary>
internal sealed class ConstraintChecks(HostConnection connection)
{
    private readonly BlockingCollection<HostMessage.Check> _questions = [];

    /// <summary>Adds a question. Any thread may call it.</summary>
    public void Add(HostMessage.Check question) => _questions.Add(question);

    /// <summary>Answers all questions, until the process ends.</summary>
    public void Serve(Workflow workflow)
    {
        foreach (var question in _questions.GetConsumingEnumerable(CancellationToken.None))
        {
            connection.Send(AnswerTo(question, workflow));
        }
    }

    private static WorkerMessage AnswerTo(HostMessage.Check question, Workflow workflow)
    {
        var values = new ParameterValues(question.Parameters);
        var refusing = new List<string>();
        foreach (var (name, isAllowed) in workflow.SearchConstraints)
        {
            try
            {
                if (!isAllowed(values))
                {
                    refusing.Add(name);
                }
            }
            catch (Exception exception)
            {
                var failure = ExceptionText.Of(exception);
                return new WorkerMessage.Unchecked(question.Number, name, failure.Type, failure.Message, failure.Stack);
            }
        }

        return new WorkerMessage.Checked(question.Number, refusing);
    }
}
