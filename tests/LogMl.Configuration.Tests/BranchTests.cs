using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>Choices whose options are branches with parameters of their own, or distributions.</summary>
public class BranchTests
{
    private const string Flow = """
        functions:
          model_create:
            classifier: {svm: {c: 1.0, kernel: linear}}
        hyper_parameter_optimization:
          space:
            model_create:
              classifier: ['choice', [naive_bayes, {svm: {c: ['lognormal', 0, 1], kernel: ['choice', [linear, {rbf: {gamma: ['loguniform', -5, 2]}}]]}}, {dtree: {max_depth: ['choice', [null, ['qlognormal', 3, 1, 1]]]}}]]
        """;

    private const string Block = """
        functions:
          model_create:
            classifier:
              svm:
                c: 1.0
                kernel: linear
        hyper_parameter_optimization:
          space:
            model_create:
              classifier:
                - choice
                - - naive_bayes:
                  - svm:
                      # The cost.
                      c: [lognormal, 0, 1]
                      kernel:
                        - choice
                        - - linear
                          - rbf:
                              gamma: [loguniform, -5, 2]
                  - dtree:
                      max_depth:
                        - choice
                        - - null
                          - [qlognormal, 3, 1, 1]
        """;

    [Fact]
    public void The_example_of_hyperopt_is_read_with_all_its_branches()
    {
        var parameter = OnlyParameter(ReadClean(Flow));
        var options = DistributionOf(parameter).Options;
        var (svm, dtree) = (Assert.IsType<OptionConfiguration.Branch>(options[1]), Assert.IsType<OptionConfiguration.Branch>(options[2]));
        var kernel = svm.Parameters[1];
        var rbf = Assert.IsType<OptionConfiguration.Branch>(DistributionOf(kernel).Options[1]);

        Assert.Equal(
            "[naive_bayes, {svm: {c: double, kernel: [linear, {rbf: {gamma: double}}]}}, {dtree: {max_depth: double?}}]",
            parameter.Type.Written);
        Assert.Equal(new OptionConfiguration.Branch("naive_bayes", default), options[0]);
        Assert.Equal(["c", "kernel"], svm.Parameters.Select(inner => inner.Name));
        Assert.Equal(new ConfigurationValue.Number(1), svm.Parameters[0].Default);
        Assert.Equal(new ConfigurationValue.Text("linear"), kernel.Default);
        Assert.Equal("gamma", Assert.Single(rbf.Parameters).Name);
        Assert.Equal("max_depth", Assert.Single(dtree.Parameters).Name);
        Assert.Null(dtree.Parameters[0].Default);
        Assert.Equal(
            [
                new OptionConfiguration.Constant(new ConfigurationValue.Null()),
                new OptionConfiguration.Number(
                    "qlognormal",
                    new DistributionConfiguration(DistributionKind.QLogNormal, EquatableArray.Of(3.0, 1, 1), default, default)),
            ],
            DistributionOf(dtree.Parameters[0]).Options);
    }

    [Fact]
    public void Block_style_says_the_same_and_describes_the_parameters_of_branches()
    {
        var parameter = OnlyParameter(ReadClean(Block));
        var flow = OnlyParameter(ReadClean(Flow));
        var svm = Assert.IsType<OptionConfiguration.Branch>(DistributionOf(parameter).Options[1]);

        Assert.Equal("The cost.", svm.Parameters[0].Description);
        Assert.Equal(flow.Type, parameter.Type);
        Assert.Equal(flow.Default, parameter.Default);
        Assert.Equal(
            flow, OnlyParameter(ReadClean(Block.Replace("              # The cost.\n", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_parameter_of_a_branch_has_its_place_in_the_map()
    {
        var positions = Read(Block).Positions;

        Assert.Equal(14, positions.Find("space.model_create.classifier.svm.c")?.StartLine);
        Assert.Equal(19, positions.Find("space.model_create.classifier.svm.kernel.rbf.gamma")?.StartLine);
        Assert.Equal(4, positions.Find("functions.model_create.classifier.svm.c")?.StartLine);
    }

    [Theory]
    [InlineData("naive_bayes", "naive_bayes")]
    [InlineData("{naive_bayes: {}}", "naive_bayes")]
    [InlineData("{naive_bayes: }", "naive_bayes")]
    [InlineData("svm", "{svm: {}}")]
    [InlineData("{svm: {}}", "{svm: {}}")]
    [InlineData("{svm: {kernel: {rbf: {gamma: 0.5}}}}", "{svm: {kernel: {rbf: {gamma: 0.5}}}}")]
    [InlineData("{svm: {c: 2}}", "{svm: {c: 2}}")]
    [InlineData("{svm: {c: 2.0, cache: 200}}", "{svm: {c: 2, cache: 200}}")]
    [InlineData("0.25", "{uniform: 0.25}")]
    [InlineData("7.5", "{uniform_2: 7.5}")]
    [InlineData("{uniform_2: 7.5}", "{uniform_2: 7.5}")]
    [InlineData("null", "null")]
    public void A_default_has_the_shape_of_one_branch_and_may_leave_out_parameters(string value, string expected)
    {
        const string space =
            "[choice, [naive_bayes, {svm: {c: [lognormal, 0, 1], kernel: [choice, [linear, {rbf: {gamma: [loguniform, -5, 2]}}]]}}, "
            + "[uniform, 0, 1], [uniform, 5, 10], null]]";
        var result = Read(Parameter(value, space));
        var parameter = OnlyParameter(result.Configuration);

        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id != "LOGML0055");
        Assert.Equal(expected, Show(parameter.Default!));
        Assert.True(parameter.Type.IsNullable);
        Assert.True(parameter.NeedsDeclaredType);
    }

    [Theory]
    [InlineData(null, "[choice, [null, [qlognormal, 3, 1, 1]]]", "double?")]
    [InlineData("null", "[choice, [null, [uniformint, 1, 9]]]", "int?")]
    [InlineData("3", "[choice, [null, [qlognormal, 3, 1, 1]]]", "int?")]
    [InlineData("0.5", "[choice, [0.5, [uniform, 0, 1]]]", "double")]
    [InlineData("1", "[choice, [1, [quniform, 10, 90, 10]]]", "int")]
    [InlineData("1.5", "[choice, [1, [quniform, 10, 90, 10], [uniform, 0, 2]]]", "double")]
    [InlineData("5000000000", "[pchoice, [[0.5, null], [0.5, [uniformint, 1, 5000000000]]]]", "long?")]
    [InlineData("4", "[choice, [[uniformint, 1, 5], [uniformint, 100, 500]]]", "int")]
    public void A_number_or_null_needs_no_branch(string? value, string distribution, string expected)
    {
        var result = Read(Parameter(value, distribution));

        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id != "LOGML0013");
        Assert.Equal(expected, OnlyParameter(result.Configuration).Type.Written);
    }

    [Fact]
    public void Branches_without_parameters_alone_are_an_enum()
    {
        var parameter = OnlyParameter(ReadClean(Parameter("{b: {}}", "[choice, [{a: {}}, {b: }, c]]")));

        Assert.Equal(new ParameterType(ParameterKind.Enum, false, EquatableArray.Of("a", "b", "c"), null), parameter.Type);
        Assert.Equal(new ConfigurationValue.Text("b"), parameter.Default);
    }

    [Fact]
    public void Options_with_one_distribution_have_different_names()
    {
        var parameter = OnlyParameter(ReadClean(Parameter("auto", "[choice, [auto, [uniform, 0, 1], [normal, 0, 1], [uniform, 2, 3]]]")));

        Assert.Equal("[auto, {uniform: double}, {normal: double}, {uniform_2: double}]", parameter.Type.Written);
        Assert.Equal(
            ["uniform", "normal", "uniform_2"],
            DistributionOf(parameter).Options.OfType<OptionConfiguration.Number>().Select(option => option.Name));
    }

    [Fact]
    public void The_same_name_in_two_branches_is_two_parameters()
    {
        const string space = "[pchoice, [[0.5, {a: {depth: [uniformint, 1, 3]}}], [0.5, {b: {depth: [uniform, 0, 1]}}]]]";
        var parameter = OnlyParameter(ReadClean(Parameter("a", space)));

        Assert.Equal("[{a: {depth: int}}, {b: {depth: double}}]", parameter.Type.Written);
    }

    [Theory]
    [InlineData("{svm: {c: 1.0, kernel: linear}}", "{svm: {c: 1, kernel: linear}}")]
    [InlineData("{svm: {c: 1, kernel: {rbf: {gamma: 2}}}}", "{svm: {c: 1, kernel: {rbf: {gamma: 2}}}}")]
    [InlineData("naive_bayes", "naive_bayes")]
    [InlineData("null", "null")]
    [InlineData("3", "{uniformint: 3}")]
    [InlineData("{uniformint_2: 3}", "{uniformint_2: 3}")]
    public void A_choice_that_is_not_searched_any_more_has_a_declared_type(string value, string expected)
    {
        const string type =
            "[naive_bayes, {svm: {c: double, kernel: [linear, {rbf: {gamma: double}}], cache: int?}}, {uniformint: int}, "
            + "{uniformint_2: int}, null]";
        var parameter = OnlyParameter(ReadClean(Declared(value, type, null)));

        Assert.Equal(type, parameter.Type.Written);
        Assert.Equal(expected, Show(parameter.Default!).Replace(", cache: null", "", StringComparison.Ordinal));
        Assert.Null(parameter.Distribution);
    }

    [Fact]
    public void A_declared_choice_may_have_options_that_the_space_does_not_have()
    {
        const string type = "[naive_bayes, {svm: {c: double, cache: int?}}, {knn: {k: int}}]";
        var parameter = OnlyParameter(ReadClean(Declared("{svm: {c: 1}}", type, "[choice, [{svm: {c: [lognormal, 0, 1]}}]]")));
        var svm = Assert.IsType<OptionConfiguration.Branch>(DistributionOf(parameter).Options[0]);

        Assert.Equal(type, parameter.Type.Written);
        Assert.Equal(["c", "cache"], svm.Parameters.Select(inner => inner.Name));
    }

    [Theory]
    [InlineData("a", "[choice, [a, [|{type: svm, c: [lognormal, 0, 1], kernel: [choice, [l, r]]}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write '{svm: {c: ..., kernel: ...}}', and so for each option; found the form of hyperopt, with the name as the value of 'type'")]
    [InlineData("a", "[choice, [a, [|{type: naive_bayes}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write 'naive_bayes', and so for each option; found the form of hyperopt, with the name as the value of 'type'")]
    [InlineData("a", "[choice, [a, [|{svm: , c: [lognormal, 0, 1]}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write '{svm: {c: ...}}', with the parameters indented below 'svm:'; found a mapping with 2 keys")]
    [InlineData("a", "[choice, [a, [|{depth: [uniform, 1, 9]}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write '{<name>: {depth: ...}}'; found a list below 'depth'")]
    [InlineData("a", "[choice, [a, [|{uniform: [1, 9]}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write '[uniform, 1, 9]' for a distribution, and '{<name>: {<parameter>: ...}}' for a branch; ...")]
    [InlineData("a", "[choice, [a, [|{}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write '{<name>: {<parameter>: ...}}'; found a mapping with 0 keys")]
    [InlineData("[|{a: , b: }|]", "[choice, [a, {b: {c: [uniform, 0, 1]}}]]", "LOGML0062", "A branch is a name, ...")]
    [InlineData("{[|smv|]: {c: 1}}", "[choice, [a, {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0063", "'smv' is not an option of 'p'; did you mean 'svm'? There are: a, svm")]
    [InlineData("[|smv|]", "[choice, [a, {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0063", "'smv' is not an option of 'p'; did you mean 'svm'? There are: a, svm")]
    [InlineData("{svm: {[|kernle|]: b}}", "[choice, [a, {svm: {kernel: [choice, [a, b]]}}]]", "LOGML0063", "'kernle' is not a parameter of 'p.svm'; did you mean 'kernel'?")]
    [InlineData("a", "[choice, [a, [|3|], {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0030", "An option of 'choice' must be a name, a mapping with one key, a distribution or null, because another option is a branch; found '3'")]
    [InlineData("a", "[choice, [a, [|[1, 2]|], {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0030", "An option of 'choice' must be a name, ...")]
    [InlineData("a", "[choice, [a, [|[choice, [b, c]]|]]]", "LOGML0030", "An option of 'choice' must be a value, a branch or a distribution of numbers; found a 'choice': write its options in this list, or give it a name, '{<name>: {<parameter>: [choice, ...]}}'")]
    [InlineData("1", "[choice, [1, [|true|], [uniform, 0, 1]]]", "LOGML0030", "An option of 'choice' must be a number or null, because another option is a distribution of numbers (the type of 'p' is double); found 'true'")]
    [InlineData("1", "[choice, [null, [[|unifrom|], 0, 1]]]", "LOGML0020", "'unifrom' is not a distribution; did you mean 'uniform'? ...")]
    [InlineData("a", "[choice, [a, {'[|s v m|]': {c: [lognormal, 0, 1]}}]]", "LOGML0064", "'s v m' cannot be a branch of 'p': it is not a name of letters, digits, '_' and '-'", true)]
    [InlineData("a", "[choice, [a, [|'1st'|], {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0064", "'1st' cannot be a branch of 'p': it does not begin with a letter")]
    [InlineData("a", "[choice, [a, [|_|], {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0064", "'_' cannot be a branch of 'p': it does not begin with a letter")]
    [InlineData("a", "[choice, [a, {[|A|]: {c: [lognormal, 0, 1]}}]]", "LOGML0064", "'A' cannot be a branch of 'p': 'a' in line 5, column 32 has the same C# name 'A'; rename one of the two")]
    [InlineData("a", "[choice, [a, {svm: {c: [lognormal, 0, 1]}}, {[|svm|]: {d: [uniform, 0, 1]}}]]", "LOGML0064", "'svm' cannot be a branch of 'p': line 5, column 36 has a branch of this name already; rename one of the two, or write one branch with the parameters of both")]
    [InlineData("{svm: {c: 1.0}}", "[choice, [a, [|{svm: {c: [lognormal, 0, 1]}, tree: {d: [randint, 3]}}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write two list items, '{svm: {c: ...}}', '{tree: {d: ...}}'; found a mapping with 2 keys")]
    [InlineData("tree", "[choice, [[|{a: , svm: {c: [lognormal, 0, 1]}, tree: }|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write three list items, 'a', '{svm: {c: ...}}', 'tree'; found a mapping with 3 keys")]
    [InlineData("{svm: {c: 1.0, d: 1}}", "[choice, [a, [|{svm: {c: [lognormal, 0, 1]}, d: [randint, 3]}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write '{svm: {c: ..., d: ...}}', with 'd' indented below 'svm:'; found a mapping with 2 keys")]
    [InlineData("{svm: {c: 1.0, d: 1}}", "[choice, [a, [|{svm: [{c: [lognormal, 0, 1]}, {d: [randint, 3]}]}|]]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write '{svm: {c: ..., d: ...}}', with the parameters in one mapping; found a list below 'svm'")]
    [InlineData("{svm: {c: 1.0}}", "[choice, [[|{type: a}|], {type: svm, c: [lognormal, 0, 1], k: [choice, [{ktype: l}, {ktype: r, g: [uniform, 0, 1]}]]}]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write 'a', and so for each option; found the form of hyperopt, with the name as the value of 'type'")]
    [InlineData("[|{svm: {c: 1.0}, tree: {d: 2}}|]", "[choice, [{svm: {c: [lognormal, 0, 1]}}, {tree: {d: [randint, 3]}}]]", "LOGML0062", "A branch is a name, or a mapping with one key, its name: write one of them, such as '{svm: {c: ...}}'; found a mapping with 2 keys")]
    [InlineData("{svm: {c: 1.0}}", "[choice, [|{svm: {c: [lognormal, 0, 1]}, a: }|]]", "LOGML0023", "'options' of 'choice' must be a list of options; found a mapping")]
    [InlineData("{svm: {[|C|]: 1.0}}", "[choice, [a, {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0063", "'C' is not a parameter of 'p.svm'; did you mean 'c'?")]
    [InlineData("{svm: {k_x: r, [|kX|]: l}}", "[choice, [a, {svm: {k_x: [choice, [l, r]]}}]]", "LOGML0036", "'k_x' and 'kX' would both be the C# property 'KX'")]
    [InlineData("{svm: {c: 1.0}}", "[pchoice, [0.5, a], [|[0.5, {svm: {c: [lognormal, 0, 1]}}]|]]", "LOGML0022", "'pchoice' takes 1 argument, the list of [probability, option] pairs; found 2; write [pchoice, [[0.5, a], [0.5, {svm: ...}]]]")]
    [InlineData("{svm: {c: 1.0}}", "[choice, a, [|{svm: {c: [lognormal, 0, 1]}}|]]", "LOGML0022", "'choice' takes 1 argument, the list of options; found 2; write [choice, [a, {svm: ...}]]")]
    [InlineData("{svm: {c: 1.0}}", "[[|chioce|], [a, {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0020", "'chioce' is not a distribution; did you mean 'choice'? ...")]
    [InlineData("{svm: {c: 1.0}}", "[[|options|], [a, {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0020", "'options' is not a distribution; there are: ...")]
    [InlineData("{svm: {c: 1.0}}", "[|[a, {svm: {c: [lognormal, 0, 1]}}]|]", "LOGML0021", "The distribution of 'p' must be a list such as [choice, [a, {svm: ...}]]; found a list")]
    [InlineData("{svm: {c: 1.0}}", "[|{svm: {c: [lognormal, 0, 1]}, a: }|]", "LOGML0021", "The distribution of 'p' must be a list such as [choice, [{svm: ...}, {a: ...}]]; found a mapping")]
    [InlineData("{svm: {c: 1}}", "[choice, [a, {svm: {c: [|[null, [qlognormal, 3, 1, 1]]|]}}]]", "LOGML0021", "The distribution of 'p.svm.c' must be a list such as [choice, [null, [qlognormal, 3, 1, 1]]]; found a list")]
    [InlineData("{svm: {c: 1.0}}", "[pchoice, [[|a|], {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0023", "'options' of 'pchoice' must be [probability, option] pairs; found 'a'")]
    [InlineData("{svm: {c: 1.0}}", "[pchoice, [[1, a], [|{svm: {c: [lognormal, 0, 1]}}|]]]", "LOGML0023", "'options' of 'pchoice' must be [probability, option] pairs; found a mapping")]
    [InlineData("{svm: {c: 1.0, k: {r: {g: 2}}}}", "[choice, [a, [|{svm: 3}|]]]", "LOGML0062", "...")]
    [InlineData("{svm: {c: 1.0, k: {r: {g: 2}}}}", "[choice, [a, {[|svm!|]: {c: [lognormal, 0, 1]}}]]", "LOGML0064", "'svm!' cannot be a branch of 'p': it is not a name of letters, digits, '_' and '-'")]
    [InlineData("[|{svm: {c: 1.0, k: {r: {g: 2}}}}|]", null, "LOGML0065", "The default of 'p' is a branch, but 'p' is not in the space: declare all its branches in 'functions.types', such as 'p: [{svm: {c: double, k: [{r: {g: int}}]}}, <name>]'")]
    [InlineData("a", "[choice, [a, {[|equals|]: {c: [lognormal, 0, 1]}}]]", "LOGML0064", "'equals' cannot be a branch of 'p': the generated record already has a member 'Equals'")]
    [InlineData("a", "[choice, [a, [|instance|], {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0064", "'instance' cannot be a branch of 'p': the generated record already has a member 'Instance'")]
    [InlineData("a", "[choice, [a, {[|!x null|]: {}}]]", "LOGML0009", "The tag '!x' is not supported; write the value itself", true)]
    [InlineData("a", "[choice, [a, {[|!x b|]: {}}]]", "LOGML0009", "The tag '!x' is not supported; write the value itself", true)]
    [InlineData("a", "[choice, [a, {svm: {[|Svm|]: [lognormal, 0, 1]}}]]", "LOGML0037", "'Svm' cannot be a parameter: the generated record already has a member 'Svm'")]
    [InlineData("a", "[choice, [a, {svm: {a_b: [uniform, 0, 1], [|aB|]: [uniform, 0, 1]}}]]", "LOGML0036", "'a_b' and 'aB' would both be the C# property 'AB'")]
    [InlineData("a", "[choice, [a, {svm: {c: [|1.0|]}}]]", "LOGML0021", "The distribution of 'p.svm.c' must be a list such as ['uniform', 0.0, 1.0]; found '1.0'")]
    [InlineData("a", "[choice, [a, {svm: {c: {deep: [|1|]}}}]]", "LOGML0021", "...", true)]
    [InlineData("a", "[choice, [a, {svm: {k: [choice, [l, {rbf: {gamma: [uniform, [|2, 1|]]}}]]}}]]", "LOGML0024", "'uniform' needs low < high; found low = 2, high = 1", true)]
    [InlineData("{svm: {c: [|-1.0|]}}", "[choice, [a, {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0033", "The default -1 of 'p.svm.c' is not a value that its distribution can give: greater than 0")]
    [InlineData("[|{svm: {c: 1}}|]", null, "LOGML0065", "The default of 'p' is a branch, but 'p' is not in the space: declare all its branches in 'functions.types', such as 'p: [{svm: {c: int}}, <name>]'")]
    [InlineData("7", "[choice, [a, {svm: {c: [lognormal, 0, 1]}}]]", "LOGML0032", "The default of 'p' must be the name of an option, or a mapping with that key because of its distribution 'choice'; found '7', which is ignored", true)]
    public void A_mistake_is_one_error_where_it_stands(string value, string? distribution, string id, string message, bool anywhere = false)
    {
        if (!anywhere)
        {
            ExpectOne(Parameter(value, distribution), id, message);
            return;
        }

        var unmarked = new MarkedYaml(Parameter(value, distribution));
        var diagnostic = Assert.Single(Read(unmarked.Text).Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.StartsWith(message.TrimEnd('.'), diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{svm: {c: [|text|]}}", "[{svm: {c: double}}]", null, "LOGML0054", "'functions.types' declares 'p.svm.c' as double, but 'text' is no value of it")]
    [InlineData("{svm: {[|gamma|]: 1}}", "[{svm: {c: double?}}]", null, "LOGML0063", "'gamma' is not a parameter of 'p.svm'; there are: c")]
    [InlineData("{[|knn|]: {k: 1}}", "[{svm: {c: double}}]", null, "LOGML0063", "'knn' is not an option of 'p'; there are: svm")]
    [InlineData("{[|uniform|]: {c: 3}}", "[auto, {uniform: double}]", null, "LOGML0063", "'uniform' is not an option of 'p'; there are: auto")]
    [InlineData("{[|svm|]: {}}", "[{svm: {c: double}}]", null, "LOGML0066", "'p.svm.c' is declared in 'functions.types', but has neither a default nor a distribution: write 'c: <value>' below 'svm'")]
    [InlineData("svm", "[{svm: {c: double}}]", "[choice, [svm, {[|knn|]: {k: [randint, 3]}}]]", "LOGML0054", null)]
    [InlineData("svm", "[{svm: {c: double?}}, knn]", "[choice, [svm, {knn: {[|k|]: [randint, 3]}}]]", "LOGML0054", "'functions.types' declares 'p.knn' as knn, but it has the parameter 'k'")]
    [InlineData("svm", "[{svm: {c: int?}}, knn]", "[choice, [{svm: {c: [|[uniform, 0, 1]|]}}]]", "LOGML0054", "'functions.types' declares 'p.svm.c' as int?, but its distribution 'uniform' gives real numbers")]
    [InlineData("a", "[a, {svm: {c: [|doubel|]}}]", null, "LOGML0052", "'doubel' is not a type: did you mean 'double'? ...")]
    [InlineData("a", "[a, {svm: {c: double, [|C|]: int}}]", null, "LOGML0052", "'C' is not a type: another parameter has the same C# name")]
    [InlineData("a", "[a, {uniform: [|string|]}]", null, "LOGML0052", "'string' is not a type: an option that is a number has the type int, long or double")]
    [InlineData("a", "[a, [|{svm: {c: double}, knn: {k: int}}|]]", null, "LOGML0062", "A branch is a name, ...")]
    public void A_contradiction_to_a_declared_choice_is_one_error(
        string value, string type, string? distribution, string id, string? message)
    {
        if (message is null)
        {
            Assert.Contains(Read(new MarkedYaml(Declared(value, type, distribution)).Text).Diagnostics, diagnostic => diagnostic.Id == id);
            return;
        }

        ExpectOne(Declared(value, type, distribution), id, message);
    }

    [Fact]
    public void Full_names_and_types_that_collide_are_errors()
    {
        const string space = "[choice, [a, {svm: {kernel: [choice, [x, y]]}}]]";
        ExpectOne(
            Both("[|p_svm_kernel|]: x", ", p_svm_kernel: [choice, [x, y]]"),
            "LOGML0067",
            "'p_svm_kernel' cannot have this name: a type of 'p.svm.kernel' has the same C# name 'ModelTrainPSvmKernel'");
        ExpectOne(
            Both("[|p.svm.kernel|]: 3", ""),
            "LOGML0067",
            "'p.svm.kernel' cannot have this name: a parameter of a branch has the same full name");

        static string Both(string function, string searched) =>
            $"functions:\n  model_train: {{p: a, {function}}}\nhyper_parameter_optimization:\n  space:\n"
            + $"    model_train: {{p: {space}{searched}}}\n";
    }

    [Fact]
    public void Nesting_goes_as_deep_as_the_file_and_one_level_more_is_one_error()
    {
        static string Nested(int depth)
        {
            var space = "[uniform, 0, 1]";
            for (var level = 0; level < depth; level++)
            {
                space = $"[choice, [no, {{b: {{p: {space}}}}}]]";
            }

            return Parameter("no", space);
        }

        Assert.Empty(Read(Nested(14)).Diagnostics);
        Assert.Equal("LOGML0006", Assert.Single(Read(Nested(16)).Diagnostics).Id);
    }

    [Theory]
    [InlineData("{p: {svm: {c: 2.0, kernel: {rbf: {gamma: 1.5}}}}}", "p=1 p.svm.c=2 p.svm.kernel=1 p.svm.kernel.rbf.gamma=1.5")]
    [InlineData("{p: naive_bayes}", "p=0")]
    [InlineData("{p: svm}", "p=1")]
    [InlineData("{p.svm.kernel.rbf.gamma: 1.5}", "p=1 p.svm.kernel=1 p.svm.kernel.rbf.gamma=1.5")]
    [InlineData("{p.svm.c: 2, p: svm}", "p=1 p.svm.c=2")]
    [InlineData("{p: {dtree: {max_depth: null}}}", "p=2 p.dtree.max_depth=0")]
    [InlineData("{p: {dtree: {max_depth: 12}}}", "p=2 p.dtree.max_depth=1 p.dtree.max_depth.qlognormal=12")]
    [InlineData("{p: 0.5}", "p=3 p.uniform=0.5")]
    [InlineData("{p.uniform: 0.5}", "p=3 p.uniform=0.5")]
    [InlineData("{p: {uniform: 0.5}}", "p=3 p.uniform=0.5")]
    public void A_point_has_the_shape_of_a_branch_or_full_names(string point, string expected)
    {
        var configuration = ReadClean(WithPoint(point));
        var setting = configuration.Optimization!.Settings.Single(setting => setting.Name == "points_to_evaluate");
        var points = Assert.IsType<ConfigurationValue.List>(setting.Value);
        var values = Assert.IsType<ConfigurationValue.Mapping>(points.Items[0]).Entries;

        Assert.Equal(
            expected.Split(' ').Order(StringComparer.Ordinal),
            values.Select(value => value.Name["model_train.".Length..] + "=" + Show(value.Value)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{p: {[|smv|]: {c: 2.0}}}", "LOGML0063", "'smv' is not an option of 'p'; did you mean 'svm'? There are: naive_bayes, svm, dtree")]
    [InlineData("{p: {svm: {[|gamma|]: 2.0}}}", "LOGML0046", "The space has no parameter 'gamma' of 'p.svm', so that a point cannot set it; there are: c, kernel")]
    [InlineData("{p: {svm: {c: [|-2.0|]}}}", "LOGML0047", "'-2.0' is not a value that the distribution of 'p.svm.c' can give: greater than 0")]
    [InlineData("{[|p.svm.gamma|]: 2.0}", "LOGML0046", "The space has no parameter 'p.svm.gamma' of step 'model_train', so that a point cannot set it; there are: p")]
    [InlineData("{p: naive_bayes, [|p.svm.c|]: 2.0}", "LOGML0047", "'p.svm.c' is not a value that the distribution of 'p' can give: the point sets it twice, to different values")]
    [InlineData("{p: [|7|]}", "LOGML0047", "'7' is not a value that the distribution of 'p' can give: one of [naive_bayes, svm, dtree, 0 to 1]")]
    public void A_point_outside_of_the_branches_is_one_error(string point, string id, string message) =>
        ExpectOne(WithPoint(point), id, message);

    private static string WithPoint(string point) => Parameter(
        "naive_bayes",
        "[choice, [naive_bayes, {svm: {c: [lognormal, 0, 1], kernel: [choice, [linear, {rbf: {gamma: [loguniform, -5, 2]}}]]}}, "
            + "{dtree: {max_depth: [choice, [null, [qlognormal, 3, 1, 1]]]}}, [uniform, 0, 1]]]")
        + $"  points_to_evaluate: [{{model_train: {point}}}]\n";

    private static string Declared(string? value, string type, string? distribution) =>
        Parameter(value, distribution).Replace("\nhyper", $"\n  types: {{model_train: {{p: {type}}}}}\nhyper", StringComparison.Ordinal);

    private static string Show(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Mapping mapping =>
            "{" + string.Join(", ", mapping.Entries.Select(entry => $"{entry.Name}: {Show(entry.Value)}")) + "}",
        ConfigurationValue.Text text => text.Value,
        ConfigurationValue.Number number => number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        ConfigurationValue.Integer integer => integer.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "null",
    };
}
