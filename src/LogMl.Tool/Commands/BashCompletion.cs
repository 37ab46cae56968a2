namespace LogMl.Tool.Commands;

/// <summary>
/// Completion in bash: the directive <c>[suggest:position]</c> of System.CommandLine lists what could stand at the position of a command
/// line. Where it lists nothing, bash completes the names of files.
/// </summary>
internal static class BashCompletion
{
    /// <summary>What a shell evaluates.</summary>
    public const string Script = """
        _logml() {
            local line="${COMP_LINE#* }" word="${COMP_WORDS[COMP_CWORD]}" found
            local position=$((COMP_POINT - (${#COMP_LINE} - ${#line})))
            COMPREPLY=()
            while IFS= read -r found; do
                [[ "$found" == "$word"* ]] && COMPREPLY+=("$(printf '%q' "$found")")
            done < <(logml "[suggest:$position]" "$line" 2> /dev/null)
        }
        complete -o default -F _logml logml

        """;
}
