using LogMl.Configuration.Model;
using LogMl.Shared;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>The keys objectives and constraints.</summary>
public sealed class GoalTests
{
    private const string Section = "hyper_parameter_optimization:\n  ";
    private const string Two = "objectives: {loss: minimize, f1_score: maximize}\n  ";
    private const string OfMany = "for several there are auto, tpe, random, qmc, grid, nsga2";
    private const string WithoutEnd = "remove it, so that the search ends with max_evals or timeout";

    [Fact]
    public void Objectives_and_constraints_are_read_in_their_order_and_constraints_in_their_one_form()
    {
        var read = ReadClean(Section + """
            objectives:
                f1_score: maximize
                loss: minimize
              constraints: { latency_ms: '<=20', accuracy: ' >=  9e-1 ', rows: <= -3 }
            """).Optimization!;
        Assert.Equal(["f1_score maximize", "loss minimize"], read.Objectives.Select(Show));
        Assert.Equal(["latency_ms <= 20", "accuracy >= 0.9", "rows <= -3"], read.Constraints.Select(Show));
        Assert.Equal((0, 0), (ReadClean(Section + "objectives:\n  constraints: {}\n").Optimization!) is var none
            ? (none.Objectives.Count, none.Constraints.Count)
            : default);

        static string Show(SettingConfiguration goal) => $"{goal.Name} {((ConfigurationValue.Text)goal.Value).Value}";
    }

    [Theory]
    [InlineData("objectives: {f1_score: [|maximise|]}", "LOGML0070", "'maximise' is not the direction of the objective 'f1_score': write minimize or maximize; did you mean 'maximize'?")]
    [InlineData("objectives: {f1_score: [|[maximize]|]}", "LOGML0070", "a list is not the direction of the objective 'f1_score': write minimize or maximize")]
    [InlineData("objectives: [|[f1_score]|]", "LOGML0017", "'objectives' must be a mapping such as { f1_score: maximize }; found a list")]
    [InlineData("objectives: [|[f1_score, loss: minimize]|]", "LOGML0017", "'objectives' must be a mapping such as { f1_score: maximize, loss: maximize }; found a list")]
    [InlineData("objectives: [|f1_score|]", "LOGML0017", "'objectives' must be a mapping such as { f1_score: maximize }; found 'f1_score'")]
    [InlineData("constraints: [|'loss <= 3'|]", "LOGML0017", "'constraints' must be a mapping such as { loss: '<= 1' }; found 'loss <= 3'")]
    [InlineData("objectives: {loss: minimize, [|loss|]: maximize}", "LOGML0010", "...")]
    [InlineData("constraints: {latency_ms: [|20|]}", "LOGML0071", "'20' is not a constraint of 'latency_ms': write a comparison with a number, such as '<= 20' or '>= 0.9'")]
    [InlineData("constraints: {latency_ms: [|'< 20'|]}", "LOGML0071", "'< 20' is not a constraint of 'latency_ms': write '<= 20', which a metric of exactly this value keeps")]
    [InlineData("constraints: {latency_ms: [|'≥20'|]}", "LOGML0071", "'≥20' is not a constraint of 'latency_ms': write '>= 20', which a metric of exactly this value keeps")]
    [InlineData("constraints: {latency_ms: [|'== 20'|]}", "LOGML0071", "'== 20' is not a constraint of 'latency_ms': write a comparison with a number, ...")]
    [InlineData("constraints: {latency_ms: [|'<= many'|]}", "LOGML0071", "'<= many' is not a constraint of 'latency_ms': ...")]
    [InlineData("constraints: {latency_ms: [|'<= .inf'|]}", "LOGML0071", "'<= .inf' is not a constraint of 'latency_ms': ...")]
    [InlineData(Two + "algorithm: [|gp|]", "LOGML0072", "'objectives' has 2 objectives, and the algorithm 'gp' takes one: " + OfMany)]
    [InlineData(Two + "algorithm: {[|name: tpe, compatibility: hyperopt|]}", "LOGML0072", "'objectives' has 2 objectives, and the algorithm 'tpe-hyperopt' takes one: " + OfMany)]
    [InlineData(Two + "pruner: [|median|]", "LOGML0072", "'objectives' has 2 objectives, and a pruner takes one: remove the pruner")]
    [InlineData("loss_threshold: [|0.1|]\n  " + Two, "LOGML0072",
        "'objectives' has 2 objectives, and 'loss_threshold' takes one: " + WithoutEnd)]
    [InlineData(Two + "no_improvement: [|5|]", "LOGML0072", "'objectives' has 2 objectives, and 'no_improvement' takes one: " + WithoutEnd)]
    [InlineData(Two + "terminator: [|true|]", "LOGML0072", "'objectives' has 2 objectives, and 'terminator' takes one: " + WithoutEnd)]
    [InlineData("objectives: {f1_score: maximize}\n  pruner: {name: [|fold_bound|], lower_bound: 0}", "LOGML0045", "The options do not go together: 'fold_bound' needs the option 'upper_bound', a value that no fold's f1_score is above, because f1_score is maximized")]
    [InlineData("pruner: {name: patient, patience: 2, wrapped: {name: [|fold_bound|], upper_bound: 1}}\n  objectives: {mse: minimize}", "LOGML0045", "The options do not go together: 'fold_bound' needs the option 'lower_bound', a value that no fold's mse is below, because mse is minimized")]
    [InlineData("pruner: {name: [|fold_bound|], upper_bound: 1}", "LOGML0045", "The options do not go together: 'fold_bound' needs the option 'lower_bound', a value that no fold's loss is below, because loss is minimized")]
    [InlineData("objectives: {f1_score: maximize}\n  pruner: [|fold_bound|]", "LOGML0045", "The options do not go together: 'fold_bound' needs the option 'lower_bound', a value that no fold's loss is below, or 'upper_bound' for what is maximized")]
    [InlineData("[|objectivs|]: {loss: minimize}", "LOGML0015", "'objectivs' is not a key of 'hyper_parameter_optimization'; did you mean 'objectives'? ...")]
    public void What_is_wrong_is_told_at_its_place(string yaml, string id, string message)
    {
        // The key is the place of a value with parts.
        var place = yaml.Replace(
            "algorithm: {[|name: tpe, compatibility: hyperopt|]}", "[|algorithm|]: {name: tpe, compatibility: hyperopt}",
            StringComparison.Ordinal);
        ExpectOne(Section + place + "\n", id, message);
    }

    [Theory]
    [InlineData("algorithm: auto")]
    [InlineData("algorithm: {name: nsga2, population: 20}")]
    [InlineData("pruner: none")]
    [InlineData("terminator: false")]
    [InlineData("timeout: 10m")]
    public void What_can_do_several_objectives_may_stand_beside_them(string yaml) => ReadClean(Section + Two + yaml + "\n");

    [Theory]
    [InlineData("algorithm: gp")]
    [InlineData("algorithm: anneal")]
    [InlineData("pruner: median")]
    [InlineData("loss_threshold: 0.9")]
    [InlineData("pruner: {name: fold_bound, upper_bound: 1}")]
    [InlineData("pruner: {name: fold_bound, lower_bound: 0, upper_bound: 1}")]
    public void One_objective_may_be_maximized_with_everything(string yaml) =>
        ReadClean(Section + "objectives: {f1_score: maximize}\n  " + yaml + "\n");

    [Theory]
    [InlineData("<= 20", 20, 0)]
    [InlineData("<= 20", 25, 0.25)]
    [InlineData("<= 20", 10, -0.5)]
    [InlineData(">= -2", -3, 0.5)]
    [InlineData(">= 0", -0.25, 0.25)]
    public void The_value_of_a_constraint_is_a_fraction_of_its_limit(string bound, double metric, double value) =>
        Assert.Equal(value, MetricBound.Read(bound)!.Measure(metric));
}
