/* Steps of the player, by name: one for each task, which its file in steps/ adds.

    new STEPS[name](player)       puts itself into player.place; player.data has `words`, `answers` and `measured`
    pictures(number)              the addresses of an item's pictures, in the order in which they are needed
    show(item, name, begins)      resolves with the answer: response, times, and what else the task takes
    feedback(item, answer, last)  resolves when the person goes on; only where the item has feedback
    onButton(button, event), onDigit(digit, event), onEnter(event), close() */

const STEPS = {};
