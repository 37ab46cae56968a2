/** When each trial ran, in a lane for each trial that ran at the same time on a machine. */
function makeTimeline(parent) {
    let lanes = lanesOf();
    const height = () => Math.max(160, Math.min(520, 50 + lanes.count * 18));
    onParts(() => { lanes = lanesOf(); });
    new Plot(parent, {
        title: "Timeline",
        help: "When each trial ran, by machine. A lane is a worker that was busy.",
        wide: true,
        height,
        isThere: () => lanes.count > 0,
        look: () => timelineLook(lanes, height()),
    });
}

/** The lane of each trial, and the lanes of each machine. */
function lanesOf() {
    const lane = new Int32Array(trials.count).fill(-1);
    const hosts = Map.groupBy(everyTrial.filter(i => !Number.isNaN(trials.start[i])), i => textOf(trials.host[i]));
    const machines = [];
    let count = 0;
    for (const [name, members] of [...hosts].sort(([a], [b]) => a < b ? -1 : 1)) {
        const free = [];
        for (const i of members.sort((a, b) => trials.start[a] - trials.start[b])) {
            const found = free.findIndex(end => end <= trials.start[i] + 1);
            const n = found < 0 ? free.length : found;
            free[n] = endOfBar(i) * 1000;
            lane[i] = count + n;
        }
        machines.push({ name, first: count, lanes: free.length });
        count += free.length;
    }
    return { lane, machines, count };
}

/** The end of a trial in seconds; that of a running one is the time of the report. */
const endOfBar = i => Number.isNaN(trials.seconds[i])
    ? Math.max(trials.start[i], study.written - trials.origin) / 1000 : trials.start[i] / 1000 + trials.seconds[i];

function timelineLook({ lane, machines, count }, height) {
    const shown = everyTrial.filter(i => lane[i] >= 0);
    const x = numberScale(Float64Array.from(shown, endOfBar), { low: 0, isTime: true });
    const downOf = n => 1 - (n + 0.5) / count;
    const y = {
        at: downOf, low: 0, high: 1,
        ticks: machines.map(machine => ({
            at: 1 - (machine.first + machine.lanes / 2) / count, label: shortened(machine.name || "this study", 16),
        })),
    };
    const fromTo = i => {
        const [from, to] = [x.at(trials.start[i] / 1000), x.at(endOfBar(i))];
        return [from, Math.max(to, from + 0.001)];
    };
    const parts = [0, 0.5, 1];
    const spots = shown.flatMap(i => parts.map(part => {
        const [from, to] = fromTo(i);
        return [from + part * (to - from), downOf(lane[i]), i];
    }));
    return {
        x, y,
        opacity: 0.9,
        width: Math.max(1.5, Math.min(14, (height - 50) / count * 0.75)),
        path: i => {
            const [from, to] = fromTo(i);
            return [from, downOf(lane[i]), to, downOf(lane[i])];
        },
        spots: {
            x: Float64Array.from(spots, spot => spot[0]), y: Float64Array.from(spots, spot => spot[1]), trial: spots.map(spot => spot[2]),
        },
        groups: stateGroups(i => lane[i] >= 0),
    };
}
