"""Field: which known patch stands for each patch that touches the hole, found and voted upon.

Source: the randomised search of Barnes, Shechtman, Finkelstein and Goldman, PatchMatch, 2009,
done for all patches at once; the votes of Wexler, Shechtman and Irani, Space-time completion
of video, 2007.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.removal.patches import LENGTH, REACH, SIDE, Channels, described

Places = NDArray[np.intp]
"""Flat indices into the padded grid of a field."""

Hole = NDArray[np.bool_]
"""(rows, cols), True where the picture is not known."""

_FADE = 1.25
# A vote counts so many times less for each pixel that its patch lies further inside.


class Field:
    """One level of a picture with a hole.

    channels: (rows, cols, 5), padded by REACH so that no index leaves the grid; what lies in
    the hole is the present guess. nearest: for each target the middle of its patch's double.
    """

    def __init__(self, channels: Channels, hole: Hole) -> None:
        self.size = hole.shape
        self.channels = np.pad(channels, ((REACH, REACH), (REACH, REACH), (0, 0)), "reflect")
        self.hole = np.pad(hole, REACH)
        self.cols = self.hole.shape[1]
        touched = cv.dilate(self.hole.view(np.uint8), np.ones((SIDE, SIDE), np.uint8)) > 0
        ring = np.ones_like(touched)
        inner = slice(REACH, -REACH)
        ring[inner, inner] = False
        self.on_picture = ~ring.ravel()
        self.is_target = touched.ravel() & self.on_picture
        known = ~(touched | ring)
        known[: 2 * REACH] = known[-2 * REACH :] = False
        known[:, : 2 * REACH] = known[:, -2 * REACH :] = False
        self.is_source = known.ravel()
        self.targets: Places = np.flatnonzero(self.is_target)
        self.inside: Places = np.flatnonzero(self.hole)
        self.nearest: Places = np.arange(self.hole.size)
        self.cost = np.zeros(self.hole.size, np.float32)

    @cached_property
    def sources(self) -> Places:
        """Middles of the patches that are known throughout and lie inside the picture."""
        return np.flatnonzero(self.is_source)

    @property
    def flat(self) -> Channels:
        """The channels as (places, 5); a view."""
        return self.channels.reshape(-1, self.channels.shape[2])

    @property
    def picture(self) -> Channels:
        """The channels without their padding; a view."""
        return self.channels[REACH:-REACH, REACH:-REACH]

    def describe(self) -> None:
        """Look at the present guess anew; call it after every change of the channels."""
        rows, cols = np.divmod(self.targets, self.cols)
        top, left = max(rows.min() - 2 * REACH, 0), max(cols.min() - 2 * REACH, 0)
        part = self.channels[top : rows.max() + 2 * REACH + 1, left : cols.max() + 2 * REACH + 1]
        self._wanted = described(part)[rows - top, cols - left]
        self.cost[self.targets] = self._costs(self.nearest[self.targets], slice(None))

    def search(self, rounds: int, chance: np.random.Generator | None) -> None:
        """Try the doubles of the neighbours, and by chance some others, near and far."""
        for turn in range(rounds):
            for direction in range(4):
                self._propagate(direction if turn % 2 == 0 else 3 - direction)
            if chance is not None:
                self._try_elsewhere(chance)

    def settle(self, rounds: int, bond: float) -> None:
        """Let neighbours agree where it costs little, so that whole pieces are taken over.

        bond: what one disagreeing neighbour costs, in median patch distances.
        """
        price = bond * max(float(np.median(self.cost[self.targets])), 10.0)
        parity = np.add(*np.divmod(self.targets, self.cols)) & 1
        halves = [np.flatnonzero(parity == odd) for odd in (0, 1)]
        for _ in range(rounds):
            for half in halves:
                self._agree(half, price)

    def vote(self, sharpness: float) -> None:
        """Paint the hole: each pixel is the mean of what the patches over it say.

        sharpness: 0.0 counts all patches alike; the higher, the more the best ones count.
        """
        costs = self.cost[self.targets]
        spread = float(np.percentile(costs, 75)) / max(sharpness, 1e-6) + 1e-3
        weights = np.zeros(self.cost.size, np.float32)
        weights[self.targets] = np.exp(-costs / spread) * self._trust + 1e-9
        flat, inside = self.flat, self.inside
        total = np.zeros((len(inside), flat.shape[1]), np.float32)
        count = np.zeros((len(inside), 1), np.float32)
        for step in self._patch_steps:
            middles = inside + step
            weight = weights[middles][:, None]
            total += flat[self.nearest[middles] - step] * weight
            count += weight
        flat[inside] = total / count

    def guess_from(self, coarse: Field, chance: np.random.Generator) -> None:
        """Take over the doubles of the level of half the size."""
        rows, cols = np.divmod(self.targets, self.cols)
        rows, cols = rows - REACH, cols - REACH
        parents = (rows // 2 + REACH) * coarse.cols + cols // 2 + REACH
        down, across = np.divmod(coarse.nearest[parents], coarse.cols)
        down = 2 * (down - REACH) + rows % 2 + REACH
        across = 2 * (across - REACH) + cols % 2 + REACH
        self.assign(down * self.cols + across, chance)

    def assign(self, doubles: Places, chance: np.random.Generator) -> None:
        """Set the double of every target; one that is not known gives way to a chance one."""
        wrong = ~self.is_source[doubles]
        doubles[wrong] = chance.choice(self.sources, int(np.count_nonzero(wrong)))
        self.nearest[self.targets] = doubles

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        return described(self.channels).reshape(-1, LENGTH)

    @cached_property
    def _trust(self) -> NDArray[np.float32]:
        """Patches near the rim know more of what is real."""
        inside = self.is_target.reshape(self.hole.shape).view(np.uint8)
        depth = cv.distance(inside).ravel()[self.targets]
        trust: NDArray[np.float32] = np.power(np.float32(_FADE), -np.minimum(depth, 40))
        return trust

    @cached_property
    def _steps(self) -> tuple[int, int, int, int]:
        """To the neighbour on the right, below, on the left, above."""
        return 1, self.cols, -1, -self.cols

    @cached_property
    def _patch_steps(self) -> list[int]:
        reach = range(-REACH, REACH + 1)
        return [down * self.cols + across for down in reach for across in reach]

    def _costs(self, doubles: Places, which: Places | slice) -> NDArray[np.float32]:
        """Distances between the patches of some targets and other patches."""
        difference = self.vectors[doubles]
        difference -= self._wanted[which]
        costs: NDArray[np.float32] = np.einsum("ij,ij->i", difference, difference)
        return costs

    def _offer(self, doubles: Places, which: Places) -> None:
        """Take over, for some targets, doubles that are better than theirs."""
        costs = self._costs(doubles, which)
        places = self.targets[which]
        better = costs < self.cost[places]
        self.nearest[places[better]] = doubles[better]
        self.cost[places[better]] = costs[better]

    def _propagate(self, direction: int) -> None:
        step = self._steps[direction]
        neighbours = self.targets - step
        doubles = self.nearest[neighbours] + step
        fit = self.is_target[neighbours] & self.is_source[doubles]
        which = np.flatnonzero(fit & (doubles != self.nearest[self.targets]))
        self._offer(doubles[which], which)

    def _try_elsewhere(self, chance: np.random.Generator) -> None:
        """Look around each double, in ever smaller squares."""
        limits = np.array(self.hole.shape)[:, None] - REACH - 1
        radius = max(self.hole.shape) / 2
        while radius >= 1:
            middles = np.stack(np.divmod(self.nearest[self.targets], self.cols))
            jumps = chance.uniform(-radius, radius, middles.shape)
            down, across = np.clip(middles + np.rint(jumps).astype(np.intp), REACH, limits)
            doubles = down * self.cols + across
            which = np.flatnonzero(self.is_source[doubles])
            self._offer(doubles[which], which)
            radius /= 2

    def _agree(self, half: Places, price: float) -> None:
        places = self.targets[half]
        neighbours = [places - step for step in self._steps]
        theirs = [self.nearest[place] - place for place in neighbours]
        real = [self.is_target[place] for place in neighbours]

        def disputes(shift: Places) -> NDArray[np.float32]:
            against = [ok & (other != shift) for ok, other in zip(real, theirs, strict=True)]
            count: NDArray[np.float32] = np.add.reduce(against, dtype=np.float32)
            return count

        best = self.nearest[places]
        costs = self.cost[places]
        totals = costs + price * disputes(best - places)
        for ok, shift in zip(real, theirs, strict=True):
            doubles = np.where(ok, places + shift, 0)
            which = np.flatnonzero(self.is_source[doubles] & (doubles != best))
            fresh = self._costs(doubles[which], half[which])
            sums = fresh + price * disputes(shift)[which]
            wins = sums < totals[which]
            which, fresh, sums = which[wins], fresh[wins], sums[wins]
            best[which], costs[which], totals[which] = doubles[which], fresh, sums
        self.nearest[places] = best
        self.cost[places] = costs
