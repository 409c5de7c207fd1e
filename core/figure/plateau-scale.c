/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-scale.h"

#include <math.h>

static const char *const kind_nicks[]
    = { "linear", "log", "inverse", "sqrt", "time", "cycle", "category" };

/**
 * plateau_scale_kind_get_nick:
 * @kind: a kind of scale
 *
 * Returns: the name of @kind in figure documents, such as "log"
 */
const char *
plateau_scale_kind_get_nick (PlateauScaleKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kind_nicks), "linear");
  return kind_nicks[kind];
}

/**
 * plateau_scale_kind_from_nick:
 * @nick: a name from a document
 * @kind: (out): the kind
 *
 * Returns: %FALSE when no scale has that name; @kind is then unchanged
 */
gboolean
plateau_scale_kind_from_nick (const char *nick, PlateauScaleKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_nicks); i++)
    if (g_strcmp0 (nick, kind_nicks[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * plateau_scale_forward:
 * @kind: a kind of scale
 * @value: a value in the axis' unit
 *
 * The coordinate in which the axis is even: log10 of a logarithmic one, the square root, the
 * negative reciprocal (so that it still rises).
 *
 * Returns: the coordinate; NaN for NaN and outside the scale's domain
 */
double
plateau_scale_forward (PlateauScaleKind kind, double value)
{
  switch (kind)
    {
    case PLATEAU_SCALE_LOG:
      return value > 0 ? log10 (value) : NAN;
    case PLATEAU_SCALE_INVERSE:
      return value > 0 ? -1 / value : NAN;
    case PLATEAU_SCALE_SQRT:
      return value >= 0 ? sqrt (value) : NAN;
    case PLATEAU_SCALE_LINEAR:
    case PLATEAU_SCALE_TIME:
    case PLATEAU_SCALE_CYCLE:
    case PLATEAU_SCALE_CATEGORY:
    default:
      return value;
    }
}

/**
 * plateau_scale_backward:
 * @kind: a kind of scale
 * @value: a coordinate of plateau_scale_forward()
 *
 * Returns: the value in the axis' unit
 */
double
plateau_scale_backward (PlateauScaleKind kind, double value)
{
  switch (kind)
    {
    case PLATEAU_SCALE_LOG:
      return pow (10, value);
    case PLATEAU_SCALE_INVERSE:
      return -1 / value;
    case PLATEAU_SCALE_SQRT:
      return value >= 0 ? value * value : 0;
    case PLATEAU_SCALE_LINEAR:
    case PLATEAU_SCALE_TIME:
    case PLATEAU_SCALE_CYCLE:
    case PLATEAU_SCALE_CATEGORY:
    default:
      return value;
    }
}

/**
 * plateau_scale_map:
 * @scale: a scale with its limits
 * @value: a value in the axis' unit
 *
 * Returns: 0 at the axis' beginning (left, bottom) to 1 at its end; beyond for values outside; NaN
 *   outside the domain
 */
double
plateau_scale_map (const PlateauScale *scale, double value)
{
  double low = plateau_scale_forward (scale->kind, scale->min);
  double high = plateau_scale_forward (scale->kind, scale->max);
  double share = (plateau_scale_forward (scale->kind, value) - low) / (high - low);

  return scale->reversed ? 1 - share : share;
}

/**
 * plateau_scale_unmap:
 * @scale: a scale with its limits
 * @share: 0 to 1 along the axis
 *
 * Returns: the value there, in the axis' unit
 */
double
plateau_scale_unmap (const PlateauScale *scale, double share)
{
  double low = plateau_scale_forward (scale->kind, scale->min);
  double high = plateau_scale_forward (scale->kind, scale->max);

  if (scale->reversed)
    share = 1 - share;
  return plateau_scale_backward (scale->kind, low + share * (high - low));
}

/**
 * plateau_scale_widen:
 * @kind: a kind of scale
 * @share: how much of the range to add at each end, 0.05 for 5 %
 * @min: (inout): lower end of the data
 * @max: (inout): upper end
 *
 * Leaves room around data, evenly in the scale's own coordinate. A range of no length is widened by
 * 5 % of its value, or by 1 about 0; infinities and NaN give 0 to 1 (1 to 10 on a logarithmic axis).
 */
void
plateau_scale_widen (PlateauScaleKind kind, double share, double *min, double *max)
{
  double low = plateau_scale_forward (kind, *min), high = plateau_scale_forward (kind, *max);
  double room;

  if (!isfinite (low) || !isfinite (high))
    {
      gboolean positive = kind == PLATEAU_SCALE_LOG || kind == PLATEAU_SCALE_INVERSE;
      *min = positive ? 1 : 0;
      *max = positive ? 10 : 1;
      return;
    }
  if (low > high)
    {
      double t = low;
      low = high;
      high = t;
    }
  if (high - low <= 1e-12 * MAX (fabs (low), fabs (high)))
    room = low != 0 && kind != PLATEAU_SCALE_LOG ? 0.05 * fabs (low)
           : kind == PLATEAU_SCALE_LOG           ? 0.5
                                                 : 1;
  else
    room = share * (high - low);
  low -= room;
  high += room;
  if (kind == PLATEAU_SCALE_SQRT)
    low = MAX (low, 0);
  if (kind == PLATEAU_SCALE_INVERSE && high >= 0)
    high = (high - room) / 2;
  *min = plateau_scale_backward (kind, low);
  *max = plateau_scale_backward (kind, high);
}
