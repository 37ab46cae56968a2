namespace LogMl.Runtime;

/// <summary>The rows of each class, and how the stratified methods of cross-validation distribute them.</summary>
internal static class ClassRows
{
    /// <summary>The rows of each class; the classes in the order in which they first appear. No class is a class too.</summary>
    public static int[][] Of<TLabel>(IReadOnlyList<TLabel> labels)
    {
        var classes = new Dictionary<ValueTuple<TLabel>, List<int>>();
        var inOrder = new List<List<int>>();
        for (var row = 0; row < labels.Count; row++)
        {
            var key = ValueTuple.Create(labels[row]);
            if (!classes.TryGetValue(key, out var rows))
            {
                classes.Add(key, rows = []);
                inOrder.Add(rows);
            }

            rows.Add(row);
        }

        return [.. inOrder.Select(rows => rows.ToArray())];
    }

    /// <summary>
    /// The part of each row: the classes are sorted one after the other, every n-th row is counted for the same part, and each class gives
    /// its first rows to the first part. So the parts differ by at most one row, as in scikit-learn.
    /// </summary>
    public static int[] Cut(int[][] classes, int rows, int parts, Random? random)
    {
        var allocated = new int[parts, classes.Length];
        var position = 0;
        for (var one = 0; one < classes.Length; one++)
        {
            for (var i = 0; i < classes[one].Length; i++, position++)
            {
                allocated[position % parts, one]++;
            }
        }

        var partOf = new int[rows];
        for (var one = 0; one < classes.Length; one++)
        {
            int[] order = [.. Enumerable.Range(0, parts).SelectMany(part => Enumerable.Repeat(part, allocated[part, one]))];
            random?.Shuffle(order);
            for (var i = 0; i < order.Length; i++)
            {
                partOf[classes[one][i]] = order[i];
            }
        }

        return partOf;
    }

    /// <summary>Draws rows to train on and rows to validate on, in proportion to the classes.</summary>
    public static (int[] Train, int[] Validate) Draw(int[][] classes, int train, int validate, Random random)
    {
        var trained = Proportion([.. classes.Select(rows => rows.Length)], train, random);
        var validated = Proportion([.. classes.Select((rows, one) => rows.Length - trained[one])], validate, random);
        var (trainRows, validateRows) = (new List<int>(train), new List<int>(validate));
        for (var one = 0; one < classes.Length; one++)
        {
            int[] rows = [.. classes[one]];
            random.Shuffle(rows);
            trainRows.AddRange(rows[..trained[one]]);
            validateRows.AddRange(rows[trained[one]..(trained[one] + validated[one])]);
        }

        int[] forTraining = [.. trainRows];
        int[] forValidation = [.. validateRows];
        random.Shuffle(forTraining);
        random.Shuffle(forValidation);
        return (forTraining, forValidation);
    }

    /// <summary>
    /// The most likely numbers of rows of each class among some that are drawn: the shares rounded down, and one row more for the largest
    /// remainders. The generator decides between equal remainders.
    /// </summary>
    public static int[] Proportion(int[] counts, int drawn, Random random)
    {
        double total = counts.Sum();
        double[] exact = [.. counts.Select(count => count / total * drawn)];
        int[] result = [.. exact.Select(share => (int)Math.Floor(share))];
        var missing = drawn - result.Sum();
        var groups = Enumerable.Range(0, counts.Length)
            .GroupBy(one => exact[one] - Math.Floor(exact[one]))
            .OrderByDescending(group => group.Key);
        foreach (var group in groups)
        {
            int[] equal = [.. group];
            if (equal.Length > missing)
            {
                random.Shuffle(equal);
            }

            foreach (var one in equal.Take(missing))
            {
                result[one]++;
                missing--;
            }

            if (missing == 0)
            {
                break;
            }
        }

        return result;
    }
}
