/** The values of an objective over the search, with the best so far. */
function makeHistory(parent) {
    let [objective, byTime] = [0, false];
    const plot = new Plot(parent, {
        title: "History",
        help: "Each trial, and the best so far. Drag to select trials, click to see one.",
        wide: true,
        controls: [
            study.objectives.length > 1 ? choose("Objective", study.objectives.map(({ name }, k) => [k, name]), 0,
                value => { objective = Number(value); plot.redraw(); }) : null,
            tick("by time", false, value => { byTime = value; plot.redraw(); }),
        ].filter(Boolean),
        look: () => historyLook(objective, byTime),
    });
}

function historyLook(k, byTime) {
    const where = byTime ? endOf : i => trials.number[i];
    const x = numberScale(Float64Array.from(everyTrial, where), byTime ? { low: 0, isTime: true } : { integer: true });
    const y = objectiveScale(k, everyTrial.some(i => Number.isNaN(placed[k][i])) ? "no value" : null);
    return {
        x, y,
        spots: spotsOf(i => x.at(where(i)), i => y.at(placed[k][i])),
        groups: stateGroups(),
        lines: [{ points: bestSoFar(k, where).map(([i, value]) => [x.at(where(i)), y.at(value)]), colour: theme.colour("accent") }],
    };
}

/** When a trial ended, in seconds since the first one began. */
const endOf = i => trials.start[i] / 1000 + (trials.seconds[i] || 0);

/** The steps of the best value so far, over the trials that keep the constraints. */
function bestSoFar(k, where) {
    const steps = [];
    let best = null;
    const order = trialsIn("c").sort((a, b) => where(a) - where(b));
    for (const i of order) {
        if (best === null || lossOf(i, k) < lossOf(best, k)) {
            if (best !== null) {
                steps.push([i, trials.objectives[k][best]]);
            }
            best = i;
            steps.push([i, trials.objectives[k][best]]);
        }
    }
    return best === null ? [] : [...steps, [order.at(-1), trials.objectives[k][best]]];
}
