/** The trade between objectives: the front of the trials that no other one beats, and how it grew. */
function makeFront(parent) {
    if (study.objectives.length < 2) {
        return;
    }
    let [across, up] = [0, 1];
    const options = study.objectives.map(({ name }, k) => [k, name]);
    const plot = new Plot(parent, {
        title: "Pareto front",
        help: "The trials that no other one beats in all objectives. " + study.objectives.map(objective =>
            `${objective.name}: ${objective.maximize ? "higher" : "lower"} is better.`).join(" "),
        height: 380,
        controls: [
            choose("across", options, across, value => { across = Number(value); plot.redraw(); }),
            choose("up", options, up, value => { up = Number(value); plot.redraw(); }),
        ],
        look: () => frontLook(across, up),
    });
    new Plot(parent, {
        title: "Hypervolume",
        help: "How much of the objectives' space the front dominates, as a share of what it does at the end.",
        height: 380,
        isThere: () => report.hypervolume.length > 0,
        look: volumeLook,
    });
}

function frontLook(across, up) {
    const [x, y] = [objectiveScale(across, null), objectiveScale(up, null)];
    const place = i => [x.at(trials.objectives[across][i]), y.at(trials.objectives[up][i])];
    const front = study.front.toSorted((a, b) => trials.objectives[across][a] - trials.objectives[across][b]);
    return {
        x, y,
        spots: spotsOf(i => place(i)[0], i => place(i)[1]),
        groups: [...stateGroups(), {
            name: "front", symbol: "circle", colour: () => theme.colour("accent"), members: front, size: symbolSize(trials.count) + 3,
        }],
        lines: study.objectives.length === 2 ? [{ points: front.map(place), colour: theme.colour("accent"), width: 1 }] : [],
    };
}

function volumeLook() {
    const points = report.hypervolume;
    const x = numberScale(trials.number, { integer: true });
    const y = numberScale([0, 1], { format: percent });
    const places = points.map(point => [x.at(trials.number[point.trial]), y.at(point.volume)]);
    const steps = places.flatMap((place, n) => n === 0 ? [place] : [[place[0], places[n - 1][1]], place]);
    return {
        x, y,
        spots: {
            x: Float64Array.from(places, place => place[0]), y: Float64Array.from(places, place => place[1]),
            trial: points.map(point => point.trial),
        },
        groups: [{ name: "volume", symbol: "circle", colour: () => theme.colour("accent"), members: points.map((_, n) => n), size: 5 }],
        lines: [{ points: [...steps, [x.at(trials.number.at(-1)), 1]], colour: theme.colour("accent") }],
    };
}
