/** The empirical distribution of each objective: which share of the trials is at least so good. */
function makeDistribution(parent) {
    study.objectives.forEach((objective, k) => new Plot(parent, {
        title: "Distribution" + (study.objectives.length > 1 ? ` of ${objective.name}` : ""),
        help: `The share of complete trials whose ${objective.name} is not above a value. The selected ones are marked.`,
        look: () => distributionLook(k),
    }));
}

function distributionLook(k) {
    const sorted = trialsIn("c").sort((a, b) => trials.objectives[k][a] - trials.objectives[k][b]);
    const share = new Float64Array(trials.count).fill(NaN);
    sorted.forEach((i, n) => { share[i] = (n + 1) / sorted.length; });
    const x = objectiveScale(k, null);
    const y = numberScale([0, 1], { format: percent });
    return {
        x, y,
        spots: spotsOf(i => x.at(trials.objectives[k][i]), i => share[i]),
        groups: [{ name: "complete", symbol: "circle", colour: () => theme.colour("complete"), members: sorted }],
        lines: [{ points: sorted.map(i => [x.at(trials.objectives[k][i]), share[i]]), colour: theme.colour("complete"), width: 1 }],
    };
}
