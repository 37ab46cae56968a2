namespace BreastCancer;

/// <summary>Splits at random, but so that each part has the same share of malignant tumours.</summary>
internal static class StratifiedSplit
{
    public static (Tumor[] Train, Tumor[] Validate, Tumor[] Test) Of(Tumor[] tumors, double shareValidate, double shareTest, int seed)
    {
        var random = new Random(seed);
        List<Tumor> train = [], validate = [], test = [];
        foreach (var malignant in new[] { false, true })
        {
            var stratum = tumors.Where(tumor => tumor.Malignant == malignant).ToArray();
            random.Shuffle(stratum);
            var endOfTest = (int)Math.Round(stratum.Length * shareTest);
            var endOfValidate = endOfTest + (int)Math.Round(stratum.Length * shareValidate);
            test.AddRange(stratum[..endOfTest]);
            validate.AddRange(stratum[endOfTest..endOfValidate]);
            train.AddRange(stratum[endOfValidate..]);
        }

        return ([.. train], [.. validate], [.. test]);
    }
}
