/** The time of each trial against its result: what a better one costs. */
function makeDuration(parent) {
    new Plot(parent, {
        title: "Duration",
        help: "How long each trial ran, and what came of it.",
        look: () => {
            const x = numberScale(trials.seconds, { log: wantsLog(trials.seconds), isTime: true });
            const y = objectiveScale(0, everyTrial.some(i => Number.isNaN(placed[0][i])) ? "no value" : null);
            return { x, y, spots: spotsOf(i => x.at(trials.seconds[i]), i => y.at(placed[0][i])), groups: stateGroups() };
        },
    });
}
