using System.Globalization;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Tool.Launching;
using LogMl.Tool.Storages;
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

    /// <summary>The exit code of a shell for a process that a signal has ended, without the number of the signal.</summary>
    private const int Signalled = 128;

    /// <summary>
    /// The text. The signal before the time limit is USR1, because TERM is what scancel, preemption and requeue send: Slurm itself
    /// starts a task again after the latter two, and nobody may after the first. A worker that has crashed is started again within
    /// its task, because a requeue waits for two minutes in a usual cluster.
    /// </summary>
    public string Text()
    {
        var time = Time is null ? "" : $"#SBATCH --time={Time}\n";
        var further = string.Concat(Options.Select(option => $"#SBATCH {Word(option)}\n"));
        var storage = StorageFile is null ? "" : $" {NamedStorage.FileOption} {Word(StorageFile)}";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            #!/bin/bash
            # Workers of the study {{Word(Bundle.Study)}}, one for each task of the array.
            # Edit it as you like, and submit it: sbatch and the path of this file.
            #SBATCH --job-name={{Word("logml-" + Bundle.Study)}}
            #SBATCH --array=0-{{Workers - 1}}
            #SBATCH --ntasks=1
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --signal=B:USR1@{{SecondsBeforeLimit}}
            #SBATCH --output={{Word(Pattern(Folder) + "/%A_%a.out")}}
            {{time}}{{further}}
            most_starts=10       # of a worker that crashes, or does not reach the database, in one run of its task
            pause=60             # the seconds between them
            most_restarts=100    # of the task by Slurm: when no trial ends within the time limit, more time is what helps

            task="${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
            worker=
            ended=

            # USR1 comes before the time limit, TERM from scancel, a preemption or a requeue. The worker then gives its trial back.
            stop() {
                [ "$ended" = cancelled ] || ended=$1
                [ -z "$worker" ] || kill -TERM "$worker" 2> /dev/null
            }
            trap 'stop limit' USR1
            trap 'stop cancelled' TERM

            for ((start = 1; ; start++)); do
                {{Word(Path.Combine(Bundle.Folder, BundleNames.Script))}} worker --results {{Word(Folder)}}/"$task"{{storage}} &
                worker=$!
                [ -z "$ended" ] || kill -TERM "$worker"
                wait "$worker"
                while kill -0 "$worker" 2> /dev/null; do    # a signal has ended the wait, not the worker
                    wait "$worker"
                done
                wait "$worker"
                code=$?
                worker=

                # {{WorkerExitCodes.TryAgain}}: the database was not reached. 134, 137, 139: the worker has crashed or was killed.
                case $code in
                    {{WorkerExitCodes.TryAgain}} | 134 | 137 | 139) ;;
                    *) break ;;
                esac
                [ -z "$ended" ] && [ "$start" -lt "$most_starts" ] || break
                echo "The worker ended with exit code $code. It starts again in $pause seconds."
                sleep "$pause" &
                wait $!    # which a signal ends
                [ -z "$ended" ] || break
            done

            # The study goes on after the time limit: Slurm starts this task again, unless somebody has cancelled it meanwhile.
            if [ "$ended" = limit ] && { [ "$code" -eq {{WorkerExitCodes.TryAgain}} ] || [ "$code" -gt {{Signalled}} ]; }; then
                if [ "${SLURM_RESTART_COUNT:-0}" -ge "$most_restarts" ]; then
                    echo "This task has started $most_restarts times again. It does no more."
                elif [ "$(squeue --noheader --jobs="$task" --format=%T)" = RUNNING ] && [ "$ended" = limit ]; then
                    echo "The time limit is near. Slurm starts this task again."
                    scontrol requeue "$task"
                fi
            fi
            exit "$code"

            """).ReplaceLineEndings("\n");
    }

    /// <summary>A path as a pattern of Slurm for the names of files.</summary>
    private static string Pattern(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>
    /// A word of a shell, which is also one of a line of options: sbatch reads quotes like a shell, and a # without them as a comment.
    /// </summary>
    private static string Word(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_=./:,%@+".Contains(letter, StringComparison.Ordinal))
            ? word
            : ShellText.Quote(word);
}
