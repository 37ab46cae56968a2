using System.Globalization;
using LogMl.Shared.Requests;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Slurm;

/// <summary>The script of a job array. Each task of the array is one worker of the bundle.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Folder">The folder of the script, for the output of the tasks.</param>
/// <param name="Workers">How many tasks the array has.</param>
/// <param name="Time">The time limit of a task in a form of Slurm; null for that of the partition.</param>
/// <param name="StorageFile">The file with the location of the storage; null when the environment has it.</param>
/// <param name="Options">Further options of sbatch.</param>
internal sealed record ArrayScript(
    Bundle Bundle, string Folder, int Workers, string? Time, string? StorageFile, IReadOnlyList<string> Options)
{
    /// <summary>A worker needs a second to give its trial back. Slurm may send the signal a minute earlier than it is told to.</summary>
    private const int SecondsBeforeLimit = 60;

    /// <summary>
    /// The text. The signal before the time limit is USR1, because TERM is what scancel, preemption and requeue send: Slurm itself
    /// starts a task again after the latter two, and nobody may after the first.
    /// </summary>
    public string Text()
    {
        var time = Time is null ? "" : $"#SBATCH --time={Time}\n";
        var further = string.Concat(Options.Select(option => $"#SBATCH {Quoted(option)}\n"));
        var storage = StorageFile is null ? "" : $" --storage-file {Quoted(StorageFile)}";
        return string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/bash
            # Workers of the study {Quoted(Bundle.Study)}, one for each task of the array.
            # Edit it as you like, and submit it: sbatch and this file.
            #SBATCH --job-name={Quoted("logml-" + Bundle.Study)}
            #SBATCH --array=0-{Workers - 1}
            #SBATCH --ntasks=1
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --signal=B:USR1@{SecondsBeforeLimit}
            #SBATCH --output={Quoted(Path.Combine(Folder, "%A_%a.out"))}
            {time}{further}
            most_restarts=100    # a task that starts again more often has a fault that another start does not mend
            task="$SLURM_ARRAY_JOB_ID"_"$SLURM_ARRAY_TASK_ID"
            limit=

            # The worker gives its trial back when it is ended. USR1 comes before the time limit.
            trap 'limit=yes; kill -TERM "$worker"' USR1
            trap 'kill -TERM "$worker"' TERM

            {Quoted(Path.Combine(Bundle.Folder, BundleNames.Script))} worker --results {Quoted(Folder)}/"$task"{storage} &
            worker=$!
            wait "$worker"
            code=$?
            while kill -0 "$worker" 2> /dev/null; do    # a signal has ended the wait, not the worker
                wait "$worker"
                code=$?
            done

            # 75: the database could not be reached. 137, 139 and 134: the worker was killed or has crashed, which Slurm does not mend.
            case $code in
                75|134|137|139) again=yes ;;
                *) again=$limit ;;
            esac
            [ "$code" -ne 0 ] || again=
            if [ -n "$again" ] && [ "$(( SLURM_RESTART_COUNT ))" -lt "$most_restarts" ]; then
                echo "The worker ended with exit code $code. Slurm starts this task again."
                scontrol requeue "$task" && sleep 60    # the requeue ends this script
            fi
            exit "$code"

            """).ReplaceLineEndings("\n");
    }

    /// <summary>A word of a shell, and of a line of options of sbatch.</summary>
    private static string Quoted(string word) =>
        word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_=./:,%@+".Contains(letter, StringComparison.Ordinal)) && word.Length > 0
            ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
