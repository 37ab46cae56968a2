namespace LogMl.Optimization.Tests;

public class TrialTests
{
    private enum Color
    {
        Red,
        Green,
    }

    [Fact]
    public void Values_are_read_as_the_type_that_is_asked_for()
    {
        var trial = NewTrial();
        Assert.Equal(2.5, trial.GetDouble("x"));
        Assert.Equal(2.5, trial.Get<double>("x"));
        Assert.Equal(2.5f, trial.Get<float>("x"));
        Assert.Equal(2.5m, trial.Get<decimal>("x"));
        Assert.Equal(2.5, trial.Get<double?>("x"));
        Assert.Equal(7, trial.GetInt32("n"));
        Assert.Equal(7L, trial.GetInt64("n"));
        Assert.Equal(7, trial.Get<int>("n"));
        Assert.Equal((byte)7, trial.Get<byte>("n"));
        Assert.Equal(1, trial.GetIndex("color"));
        Assert.Equal(1.0, trial.GetDouble("color"));
        Assert.Equal(Color.Green, trial.GetOption("color"));
        Assert.Equal(Color.Green, trial.Get<Color>("color"));
        Assert.Null(trial.Get<string>("nothing"));
        Assert.Equal((1L << 53) - 1, trial.GetInt64("big"));
    }

    [Fact]
    public void Values_that_do_not_fit_are_refused()
    {
        var trial = NewTrial();
        Error.Says<InvalidOperationException>("2.5", () => trial.GetInt64("x"));
        Error.Says<InvalidOperationException>("not an integer", () => trial.Get<int>("x"));
        Error.Says<InvalidOperationException>("32-bit", () => trial.GetInt32("big"));
        Error.Says<InvalidOperationException>("Byte", () => trial.Get<byte>("big"));
        Error.Says<InvalidOperationException>("String", () => trial.Get<string>("color"));
        Error.Says<InvalidOperationException>("uniform", () => trial.GetOption("x"));
        Assert.Throws<InvalidOperationException>(() => trial.GetIndex("n"));
        Assert.Throws<InvalidOperationException>(() => trial.Get<bool>("n"));
        Assert.Throws<InvalidOperationException>(() => trial.Get<string>("n"));
        Assert.Throws<InvalidOperationException>(() => trial.Get<Color>("n"));
        Assert.Throws<InvalidOperationException>(() => trial.Get<int>("nothing"));
        Error.Says<KeyNotFoundException>("'nope'", () => trial.GetDouble("nope"));
    }

    [Fact]
    public void A_parameter_of_a_branch_exists_only_where_the_branch_was_chosen()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Random(5));
        study.Optimize(_ => 1, 200);
        foreach (var trial in study.Trials)
        {
            var isSvm = (string)trial.GetOption("classifier")! == "svm";
            Assert.Equal(isSvm, trial.IsActive("c"));
            Assert.Equal(isSvm, trial.IsActive("kernel"));
            Assert.Equal(isSvm && trial.GetIndex("kernel") == 1, trial.IsActive("width"));
            Assert.Equal(trial.GetIndex("classifier") == 1, trial.IsActive("k"));
            Assert.Equal(study.Parameters.Select(p => p.Name).Where(trial.IsActive), trial.Values.Keys);
        }

        var other = study.Trials.First(t => !t.IsActive("k"));
        Error.Says<InvalidOperationException>("option 1 of 'classifier'", () => other.GetDouble("k"));
        Assert.Throws<KeyNotFoundException>(() => other.IsActive("nope"));
    }

    private static Trial NewTrial()
    {
        var space = new SearchSpace
        {
            ["x"] = Distribution.Uniform(0, 5),
            ["n"] = Distribution.UniformInt(1, 9),
            ["big"] = Distribution.RandInt(1L << 53),
            ["color"] = Distribution.Choice(Color.Red, Color.Green),
            ["nothing"] = Distribution.Choice(new object?[] { null }),
        };
        var study = TestSpaces.NewStudy(space, Samplers.Random(1));
        return study.Ask([new("x", 2.5), new("n", 7), new("big", (1L << 53) - 1), new("color", 1), new("nothing", 0)]);
    }
}
