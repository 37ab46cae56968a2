/** The symbols of groups around a place: they add to a path of a canvas, so that a whole group is filled at once. */
const symbolPaths = {
    circle: (path, x, y, r) => {
        path.moveTo(x + r, y);
        path.arc(x, y, r, 0, 2 * Math.PI);
    },
    rect: (path, x, y, r) => path.rect(x - r, y - r, 2 * r, 2 * r),
    diamond: (path, x, y, r) => polygon(path, x, y - r, x + r, y, x, y + r, x - r, y),
    triangle: (path, x, y, r) => polygon(path, x, y - r, x + r, y + r, x - r, y + r),
};

function polygon(path, x, y, ...rest) {
    path.moveTo(x, y);
    for (let n = 0; n < rest.length; n += 2) {
        path.lineTo(rest[n], rest[n + 1]);
    }
    path.closePath();
}

/**
 * The layer of a plot that shows what is selected. ECharts draws a plot once. A selection only dims that picture and draws its own trials
 * above it, so that a brush costs the drawing of what it selects and nothing else.
 */
class SelectionLayer {
    constructor(place) {
        this.place = place;
        this.canvas = el("canvas", { class: "selected", "aria-hidden": "true" });
        place.append(this.canvas);
    }

    draw(look, chart) {
        const { canvas, place } = this;
        place.classList.toggle("selecting", selection.mask !== null);
        const ratio = devicePixelRatio;
        canvas.width = place.clientWidth * ratio;
        canvas.height = place.clientHeight * ratio;
        if (selection.mask === null) {
            return;
        }
        const context = canvas.getContext("2d");
        context.scale(ratio, ratio);
        const [zero, one] = unitSquare(chart);
        const toX = x => zero[0] + x * (one[0] - zero[0]);
        const toY = y => zero[1] + y * (one[1] - zero[1]);
        for (const group of look.groups) {
            context.fillStyle = context.strokeStyle = group.colour();
            context.lineWidth = look.width ?? 1;
            context.globalAlpha = look.path && !look.width ? Math.max(0.15, Math.min(1, 300 / selection.size)) : 1;
            look.path ? drawPaths(context, look, group, toX, toY) : drawSymbols(context, look, group, toX, toY);
        }
    }
}

/** Where the corners (0, 0) and (1, 1) of a plot are, in pixels. */
const unitSquare = chart => [[0, 0], [1, 1]].map(corner => chart.convertToPixel({ gridIndex: 0 }, corner));

/** So many paths are stroked at once: a canvas is slow with one path, and slower with thousands that cross each other. */
const pathsAtOnce = 40;

function drawPaths(context, { path }, group, toX, toY) {
    const members = group.members.filter(selection.has);
    for (let first = 0; first < members.length; first += pathsAtOnce) {
        context.beginPath();
        for (const i of members.slice(first, first + pathsAtOnce)) {
            const points = path(i);
            for (let n = 0; n < points.length; n += 2) {
                n === 0 ? context.moveTo(toX(points[0]), toY(points[1])) : context.lineTo(toX(points[n]), toY(points[n + 1]));
            }
        }
        context.stroke();
    }
}

function drawSymbols(context, { spots }, group, toX, toY) {
    const radius = (group.size ?? symbolSize(spots.trial.length)) / 2;
    const add = radius < 2 ? symbolPaths.rect : symbolPaths[group.symbol];
    context.beginPath();
    for (const k of group.members) {
        if (selection.has(spots.trial[k]) && !Number.isNaN(spots.x[k]) && !Number.isNaN(spots.y[k])) {
            add(context, toX(spots.x[k]), toY(spots.y[k]), radius);
        }
    }
    context.fill();
}
