using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>
/// Random choices with branches in which one thing is wrong: there is one error, in the part that is wrong, and what was meant is known.
/// </summary>
public class BrokenSpaceFuzzTests
{
    private const int Texts = 3_000;

    private static readonly string[] Names = ["svm", "tree", "knn", "naive_bayes", "rbf", "linear", "poly", "forest", "ridge"];

    private static readonly string[] Parameters = ["c", "gamma", "depth", "kernel", "width", "rate"];

    /// <summary>What can be wrong with a node of a space.</summary>
    private enum Mistake
    {
        None,
        SeveralBranchesInOneMapping,
        ParametersNotIndented,
        LastParameterNotIndented,
        NameAsValue,
        ParametersInList,
        BranchTwice,
        ChoiceForgotten,
        ChoiceMisspelt,
        OptionsNotInList,
        OptionsInMapping,
        ProbabilitiesForgotten,
        DistributionMisspelt,
        DistributionWithoutArguments,
        NumberInsteadOfDistribution,
    }

    [Fact]
    public void One_mistake_is_one_error_where_it_is_and_hides_nothing()
    {
        var random = new Random(41);
        var found = new HashSet<Mistake>();
        for (var i = 0; i < Texts; i++)
        {
            var choice = Choice.Create(random, depth: 0);
            var value = random.Next(4) == 0 ? choice.Options[^1].Name : choice.Default(random);
            var mistakes = choice.All.SelectMany(node => node.Possible.Select(mistake => (Node: node, Mistake: mistake))).ToList();
            var whole = Read(Parameter(value, choice.Text()));
            Assert.DoesNotContain(whole.Diagnostics, diagnostic => diagnostic.Id != "LOGML0013");

            var (wrong, kind) = mistakes[random.Next(mistakes.Count)];
            wrong.Mistake = kind;
            found.Add(kind);
            var marked = new MarkedYaml(Parameter(value, choice.Text()));
            var result = Read(marked.Text);

            var diagnostic = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Id != "LOGML0013");
            var (start, end) = Assert.Single(marked.Spans);
            Assert.InRange(diagnostic.Span.Start, start, end - 1);
            if (kind != Mistake.NumberInsteadOfDistribution)
            {
                Assert.Equal(OnlyParameter(whole.Configuration).Type.Written, OnlyParameter(result.Configuration).Type.Written);
            }
        }

        Assert.Equal(Enum.GetValues<Mistake>().Skip(1), found.Order());
    }

    /// <summary>A part of a space, of which one has a mistake. It is marked.</summary>
    private abstract class Node
    {
        public Mistake Mistake { get; set; }

        public virtual IEnumerable<Node> All => [this];

        public abstract IEnumerable<Mistake> Possible { get; }

        public string Text() => Mistake == Mistake.None ? Written() : $"[|{Written()}|]";

        protected abstract string Written();
    }

    private sealed class Choice(List<Branch> options) : Node
    {
        public List<Branch> Options { get; } = options;

        public override IEnumerable<Node> All => Options.SelectMany(option => option.All).Prepend(this);

        public override IEnumerable<Mistake> Possible =>
        [
            Mistake.SeveralBranchesInOneMapping, Mistake.BranchTwice, Mistake.ChoiceForgotten, Mistake.ChoiceMisspelt,
            Mistake.OptionsNotInList, Mistake.OptionsInMapping, Mistake.ProbabilitiesForgotten,
        ];

        public static Choice Create(Random random, int depth)
        {
            var names = Names.OrderBy(_ => random.Next()).Take(random.Next(2, 4)).ToList();

            // The last option is a name; one before it has parameters, so that it is no enum.
            return new Choice([.. names.Select((name, i) => Branch.Create(
                random, name, i == names.Count - 1 ? 0 : i == 0 ? random.Next(1, 3) : random.Next(0, 3), depth))]);
        }

        public string Default(Random random) => Options[random.Next(Options.Count)].Default(random);

        protected override string Written()
        {
            var list = string.Join(", ", Options.Select(option => option.Text()));
            return Mistake switch
            {
                Mistake.SeveralBranchesInOneMapping => $"[choice, [{{{string.Join(", ", Options.Select(option => option.Entry()))}}}]]",
                Mistake.BranchTwice => $"[choice, [{list}, {{{Options[0].Name}: {{other: [uniform, 0, 1]}}}}]]",
                Mistake.ChoiceForgotten => $"[{list}]",
                Mistake.ChoiceMisspelt => $"[chioce, [{list}]]",
                Mistake.OptionsNotInList => $"[choice, {list}]",
                Mistake.OptionsInMapping => $"[choice, {{{string.Join(", ", Options.Select(option => option.Entry()))}}}]",
                Mistake.ProbabilitiesForgotten => $"[pchoice, [{list}]]",
                _ => $"[choice, [{list}]]",
            };
        }
    }

    private sealed class Branch(string name, List<(string Name, Node Value)> parameters) : Node
    {
        public string Name => name;

        public override IEnumerable<Node> All => parameters.SelectMany(parameter => parameter.Value.All).Prepend(this);

        public override IEnumerable<Mistake> Possible => parameters.Count switch
        {
            0 => [Mistake.NameAsValue],
            1 => [Mistake.NameAsValue, Mistake.ParametersInList, Mistake.ParametersNotIndented],
            _ =>
            [
                Mistake.NameAsValue, Mistake.ParametersInList, Mistake.ParametersNotIndented, Mistake.LastParameterNotIndented,
            ],
        };

        public static Branch Create(Random random, string name, int count, int depth) => new(
            name,
            [.. Parameters.OrderBy(_ => random.Next()).Take(count).Select(parameter =>
                (parameter, depth < 2 && random.Next(3) == 0 ? (Node)Choice.Create(random, depth + 1) : new Leaf(random.Next(2) == 0)))]);

        public string Default(Random random)
        {
            var set = parameters.Where(_ => random.Next(2) == 0)
                .Select(parameter => $"{parameter.Name}: {(parameter.Value is Choice choice ? choice.Default(random) : ((Leaf)parameter.Value).Default)}")
                .ToList();
            return parameters.Count == 0 ? name : $"{{{name}: {{{string.Join(", ", set)}}}}}";
        }

        /// <summary>The name with the parameters below it.</summary>
        public string Entry() => $"{name}: " + (parameters.Count == 0 ? "" : $"{{{List(parameters)}}}");

        protected override string Written()
        {
            var list = List(parameters);
            var next = list.Length == 0 ? "" : ", ";
            return Mistake switch
            {
                Mistake.ParametersNotIndented => $"{{{name}: , {list}}}",
                Mistake.LastParameterNotIndented => $"{{{name}: {{{List(parameters[..^1])}}}, {List([parameters[^1]])}}}",
                Mistake.NameAsValue => $"{{type: {name}{next}{list}}}",
                Mistake.ParametersInList =>
                    $"{{{name}: [{string.Join(", ", parameters.Select(parameter => $"{{{List([parameter])}}}"))}]}}",
                _ => parameters.Count == 0 ? name : $"{{{Entry()}}}",
            };
        }

        private static string List(List<(string Name, Node Value)> parameters) =>
            string.Join(", ", parameters.Select(parameter => $"{parameter.Name}: {parameter.Value.Text()}"));
    }

    private sealed class Leaf(bool isInteger) : Node
    {
        public string Default => isInteger ? "3" : "0.5";

        public override IEnumerable<Mistake> Possible =>
            [Mistake.DistributionMisspelt, Mistake.DistributionWithoutArguments, Mistake.NumberInsteadOfDistribution];

        protected override string Written() => (Mistake, isInteger) switch
        {
            (Mistake.DistributionMisspelt, true) => "[unifromint, 1, 9]",
            (Mistake.DistributionMisspelt, false) => "[unifrom, 0, 1]",
            (Mistake.DistributionWithoutArguments, true) => "[uniformint]",
            (Mistake.DistributionWithoutArguments, false) => "[uniform]",
            (Mistake.NumberInsteadOfDistribution, _) => Default,
            (_, true) => "[uniformint, 1, 9]",
            _ => "[uniform, 0, 1]",
        };
    }
}
