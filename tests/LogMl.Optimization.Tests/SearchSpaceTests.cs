namespace LogMl.Optimization.Tests;

public class SearchSpaceTests
{
    [Fact]
    public void Parameters_keep_their_order()
    {
        var space = new SearchSpace { ["b"] = Distribution.Uniform(0, 1), ["a"] = Distribution.Uniform(0, 1) };
        space.Add("c", Distribution.RandInt(3));
        space["b"] = Distribution.RandInt(7);
        Assert.Equal(["b", "a", "c"], space.Select(p => p.Key));
        Assert.Equal(3, space.Count);
        Assert.Equal("randint", space["b"].Name);
    }

    [Fact]
    public void Missing_empty_and_duplicate_names_are_refused()
    {
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        Error.Says<KeyNotFoundException>("'y'", () => space["y"]);
        Error.Says<ArgumentException>("'x'", () => space.Add("x", Distribution.RandInt(2)));
        Assert.Throws<ArgumentException>(() => space[""] = Distribution.RandInt(2));
        Assert.Throws<ArgumentNullException>(() => space["z"] = null!);
    }

    [Fact]
    public void A_name_is_unique_over_all_branches()
    {
        var space = new SearchSpace
        {
            ["x"] = Distribution.Uniform(0, 1),
            ["choice"] = Distribution.Choice(new Branch(1, new SearchSpace { ["x"] = Distribution.Uniform(0, 1) })),
        };
        Error.Says<ArgumentException>("'x'", () => NewStudy(space));
    }

    [Fact]
    public void A_space_in_use_cannot_be_changed_and_so_never_contains_itself()
    {
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        NewStudy(space);
        Assert.Throws<InvalidOperationException>(() => space["y"] = Distribution.RandInt(2));

        var loop = new SearchSpace();
        Distribution choice = Distribution.Choice(new Branch(1, loop));
        Assert.Throws<InvalidOperationException>(() => loop.Add("choice", choice));
    }

    [Fact]
    public void The_flat_space_names_the_condition_of_each_parameter()
    {
        var parameters = NewStudy(TestSpaces.Conditional()).Parameters;
        Assert.Equal(["classifier", "c", "kernel", "width", "k", "scale"], parameters.Select(p => p.Name));
        Assert.Equal([null, "classifier", "classifier", "kernel", "classifier", null], parameters.Select(p => p.Parent?.Name));
        Assert.Equal([-1, 0, 0, 1, 1, -1], parameters.Select(p => p.ParentOption));
    }

    private static Study NewStudy(SearchSpace space) => TestSpaces.NewStudy(space, Samplers.Random(1));
}
