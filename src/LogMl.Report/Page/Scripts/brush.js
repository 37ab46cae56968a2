/** How far from a spot the pointer finds it, in pixels. */
const reach = 14;

/** How far the pointer must move for a brush, in pixels. */
const least = 5;

/**
 * Lets the pointer find and select trials in a plot: a click shows the nearest one, a rectangle selects those in it. With Shift it adds to
 * the selection, with Alt it narrows it. A finger scrolls the page up and down, and selects from side to side.
 */
function attachBrush(plot) {
    const place = plot.place;
    const band = el("div", { class: "band", hidden: true });
    let start = null;

    const pointOf = event => {
        const box = place.getBoundingClientRect();
        return [event.clientX - box.left, event.clientY - box.top];
    };

    place.addEventListener("pointerdown", event => {
        if (event.button === 0 && plot.chart) {
            start = pointOf(event);
            place.setPointerCapture(event.pointerId);
            place.append(band);
        }
    });

    place.addEventListener("pointermove", event => {
        const point = pointOf(event);
        if (start !== null) {
            tooltip.hide();
            showBand(band, start, point);
        } else if (plot.chart) {
            const i = nearest(plot, point);
            place.classList.toggle("on-trial", i !== null);
            i === null ? tooltip.hide() : tooltip.show(i, event.clientX, event.clientY);
        }
    });

    place.addEventListener("pointerup", event => {
        const [from, to] = [start, pointOf(event)];
        end();
        if (from === null) {
            return;
        }
        if (Math.hypot(to[0] - from[0], to[1] - from[1]) >= least) {
            brush(plot, from, to, event);
        } else {
            const i = nearest(plot, to);
            i === null ? selection.set("brush", null) : showTrial(i);
        }
    });

    const end = () => {
        start = null;
        band.hidden = true;
        tooltip.hide();
    };
    place.addEventListener("pointercancel", end);
    place.addEventListener("pointerleave", () => tooltip.hide());
}

function showBand(band, from, to) {
    band.hidden = false;
    band.style.left = `${Math.min(from[0], to[0])}px`;
    band.style.top = `${Math.min(from[1], to[1])}px`;
    band.style.width = `${Math.abs(to[0] - from[0])}px`;
    band.style.height = `${Math.abs(to[1] - from[1])}px`;
}

/** The nearest trial to a place of a plot; null when none is near. */
function nearest(plot, point) {
    const { x, y, trial } = plot.look.spots;
    const [zero, one] = unitSquare(plot.chart);
    let [best, least] = [null, reach * reach];
    for (let k = 0; k < trial.length; k++) {
        const [across, down] = [zero[0] + x[k] * (one[0] - zero[0]) - point[0], zero[1] + y[k] * (one[1] - zero[1]) - point[1]];
        const distance = across * across + down * down;
        if (distance < least && (selection.mask === null || selection.has(trial[k]))) {
            [best, least] = [trial[k], distance];
        }
    }
    return best;
}

/** Selects the trials with a spot in a rectangle. */
function brush(plot, from, to, event) {
    const { x, y, trial } = plot.look.spots;
    const corners = [from, to].map(corner => plot.chart.convertFromPixel({ gridIndex: 0 }, corner));
    const [left, right] = corners.map(corner => corner[0]).sort((a, b) => a - b);
    const [low, high] = corners.map(corner => corner[1]).sort((a, b) => a - b);
    const mask = new Uint8Array(trials.count);
    for (let k = 0; k < trial.length; k++) {
        if (x[k] >= left && x[k] <= right && y[k] >= low && y[k] <= high) {
            mask[trial[k]] = 1;
        }
    }
    const before = selection.part("brush");
    selection.set("brush", before === null || !(event.shiftKey || event.altKey) ? mask
        : mask.map((bit, i) => event.shiftKey ? bit | before[i] : bit & before[i]));
}
