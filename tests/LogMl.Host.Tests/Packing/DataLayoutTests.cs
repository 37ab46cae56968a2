using LogMl.Host.Packing;

namespace LogMl.Host.Tests.Packing;

/// <summary>The places of declared data in a bundle: those that they have from the folder of the project.</summary>
public sealed class DataLayoutTests
{
    [Theory]
    [InlineData("", "files", "")]
    [InlineData("/home/ann/xor/data/a.csv", "files", "files/data/a.csv")]
    [InlineData("/home/ann/data/a.csv", "files/xor", "files/data/a.csv")]
    [InlineData("/home/ann/xor/b.csv /home/data/a.csv", "files/ann/xor", "files/ann/xor/b.csv files/data/a.csv")]
    [InlineData("/home/ann/xor2/a.csv", "files/xor", "files/xor2/a.csv")]
    public void A_file_is_found_from_the_folder_of_the_project_as_before(string data, string folder, string places)
    {
        var layout = DataLayout.Of("/home/ann/xor", data.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(folder, layout.ProjectFolder);
        Assert.Equal(places, string.Join(' ', layout.Files.Select(file => file.Place)));
        Assert.Empty(layout.LeftOut);
    }

    [Fact]
    public void A_file_that_has_nothing_in_common_with_the_project_is_left_out()
    {
        var layout = DataLayout.Of("/home/ann/xor", ["/data/a.csv", "/home/ann/xor/b.csv"]);

        Assert.Equal(["/data/a.csv"], layout.LeftOut);
        Assert.Equal([("/home/ann/xor/b.csv", "files/b.csv")], layout.Files);
    }
}
