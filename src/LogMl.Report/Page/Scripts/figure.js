/** The figures of the page. Each is drawn when it is first seen, and brought up to date when it is seen again. */
const figures = [];

const observer = new IntersectionObserver(entries => entries.forEach(entry => {
    const seen = figures.find(figure => figure.element === entry.target);
    seen.isSeen = entry.isIntersecting;
    seen.update();
}), { rootMargin: "300px" });

const resizes = new ResizeObserver(entries => entries.forEach(entry =>
    figures.find(figure => figure.place === entry.target)?.resize()));

/** A titled place for a plot. */
class Figure {
    /** options: title, help (a sentence below the title), height, width (least, in pixels), controls (elements), wide, tall. */
    constructor(parent, options) {
        this.place = el("div", { class: "plot" });
        this.place.style.height = `${options.height ?? 300}px`;
        if (options.width) {
            this.place.style.minWidth = `${options.width}px`;
        }
        this.element = el("figure", { class: options.wide ? "wide" : options.tall ? "tall" : null },
            el("figcaption", {}, el("h3", {}, options.title), options.help ? el("p", {}, options.help) : null),
            options.controls?.length > 0 ? el("div", { class: "controls" }, options.controls) : null,
            el("div", { class: "scroll" }, this.place));
        this.place.setAttribute("role", "img");
        this.place.setAttribute("aria-label", `${options.title}. ${options.help ?? ""}`);
        this.isSeen = false;
        this.isDrawn = false;
        this.isCurrent = false;
        parent.append(this.element);
        figures.push(this);
        observer.observe(this.element);
        resizes.observe(this.place);
    }

    /** Draws the whole figure anew: its data or the colours are others. */
    redraw() {
        this.isDrawn = false;
        this.update();
    }

    /** Brings the figure up to date with the selection. */
    select() {
        this.isCurrent = false;
        this.update();
    }

    /** Does now what is to be done, or leaves it until the figure is seen. */
    update(evenUnseen = false) {
        if (!this.isSeen && !evenUnseen) {
            return;
        }
        if (!this.isDrawn) {
            this.isDrawn = this.isCurrent = true;
            this.draw();
        } else if (!this.isCurrent) {
            this.isCurrent = true;
            this.highlight();
        }
    }
}

selection.onChange(() => figures.forEach(figure => figure.select()));
theme.onChange(() => figures.forEach(figure => figure.redraw()));
addEventListener("beforeprint", () => figures.forEach(figure => figure.update(true)));
