namespace LogMl.Shared;

/// <summary>Finds the name that a mistyped one was probably meant to be, for "did you mean".</summary>
internal static class NearestName
{
    /// <summary>
    /// The candidate with the smallest edit distance to <paramref name="typed"/> (insertions, deletions, substitutions, and swaps of
    /// neighbours each count one; case is free), or null when none is within a third of the longer name's length, and has a letter of it.
    /// </summary>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            // The cost grows with the square of the length, and nobody mistypes a name as long as this.
            if (typed.Length > 100 || candidate.Length > 100)
            {
                continue;
            }

            var limit = Math.Max(1, Math.Max(typed.Length, candidate.Length) / 3);
            var distance = Distance(typed.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance <= limit && distance < bestDistance && distance < Math.Max(typed.Length, candidate.Length))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>Optimal string alignment distance (Damerau 1964, without overlapping transpositions).</summary>
    private static int Distance(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            distance[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(substitution, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, distance[i - 2, j - 2] + 1);
                }

                distance[i, j] = best;
            }
        }

        return distance[a.Length, b.Length];
    }
}
