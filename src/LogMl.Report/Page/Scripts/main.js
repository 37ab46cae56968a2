makeSummary();
makeFilter();
if (trials.count > 0) {
    const plots = byId("plots");
    makeHistory(plots);
    makeFront(plots);
    makeImportance(plots);
    if (parameters.length > 0) {
        makeParallel(plots);
        makePair(plots);
    }
    makeDistribution(plots);
    makeDuration(plots);
    makeCurves(plots);
    makeFolds(plots);
    makeTimeline(plots);
    makeSlices(byId("slices"));
    makeTable();
}
["plots", "slices", "table"].forEach(id => { byId(id).closest("section").hidden = trials.count === 0; });
document.documentElement.dataset.ready = "true";

// In the browser's timeline: from the start of loading until everything is in its place.
performance.measure("logml:load");
