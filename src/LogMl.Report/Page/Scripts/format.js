/** A number for people; text for those that are not finite. */
function figure(value, digits = 5) {
    if (value === null || value === undefined || Number.isNaN(value)) {
        return "–";
    }
    if (!Number.isFinite(value)) {
        return value > 0 ? "∞" : "−∞";
    }
    if (Number.isInteger(value) && Math.abs(value) < 1e7) {
        return String(value);
    }
    const size = Math.abs(value);
    return size < 1e-4 || size >= 1e7
        ? value.toExponential(digits - 2).replace(/\.?0+e/, "e").replace("e+", "e")
        : String(Number(value.toPrecision(digits)));
}

/** A share as per cent. */
const percent = share => share > 0 && share < 0.01 ? "< 1 %" : `${Math.round(share * 100)} %`;

/** A time span: 320 ms, 4.2 s, 3:05 min, 2:10 h, 3 d 4 h. */
function duration(seconds) {
    if (!Number.isFinite(seconds)) {
        return "–";
    }
    if (seconds === 0) {
        return "0";
    }
    const pad = value => String(Math.floor(value)).padStart(2, "0");
    return seconds < 1 ? `${figure(seconds * 1000, 3)} ms`
        : seconds < 60 ? `${figure(seconds, 3)} s`
        : seconds < 3600 ? `${Math.floor(seconds / 60)}${seconds % 60 < 1 ? "" : ":" + pad(seconds % 60)} min`
        : seconds < 86400 ? `${Math.floor(seconds / 3600)}${seconds % 3600 < 60 ? "" : ":" + pad(seconds % 3600 / 60)} h`
        : `${Math.floor(seconds / 86400)} d ${Math.floor(seconds % 86400 / 3600)} h`;
}

/** A point in time, in the zone of the reader. */
function moment(milliseconds) {
    return Number.isFinite(milliseconds)
        ? new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(milliseconds)
        : "–";
}

/** A point in time, without the day when that is the day of the report. */
const momentOfDay = milliseconds => new Date(milliseconds).toDateString() === new Date(study.written).toDateString()
    ? new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }).format(milliseconds)
    : moment(milliseconds);

/** A number of things: 1 trial, 2 trials. */
const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** A text of at most so many characters. */
const shortened = (text, most) => text.length <= most ? text : text.slice(0, most - 1) + "…";
