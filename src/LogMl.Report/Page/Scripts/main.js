/** The parts that are made for the parameters and objectives of the study. */
function makeParts() {
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
}

function removeParts() {
    [...figures].forEach(figure => figure.dispose());
    partListeners.length = 0;
    byId("plots").replaceChildren();
    byId("slices").replaceChildren();
}

const shapeOfParts = () => JSON.stringify(parameters.map(({ name, options }) => [name, options?.length]));

function showSections() {
    ["plots", "slices", "table"].forEach(id => { byId(id).closest("section").hidden = trials.count === 0; });
}

makeSummary();
onReport(makeSummary);
makeFilter();
makeTable();
makeParts();
makeComparison();
showSections();
let shape = shapeOfParts();
onReport(() => {
    showSections();
    if (shape === shapeOfParts()) {
        partListeners.forEach(listener => listener());
        figures.forEach(figure => figure.follow());
    } else {
        shape = shapeOfParts();
        removeParts();
        makeParts();
    }
});
document.documentElement.dataset.ready = "true";

// In the browser's timeline: from the start of loading until everything is in its place.
performance.measure("logml:load");
