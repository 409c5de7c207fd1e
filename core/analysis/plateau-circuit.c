/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-private.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_DEPTH 40
#define MAX_ELEMENTS 60
#define NUMERIC_STEP 1e-5

typedef struct
{
  const char *text;
  const char *at;
  PlateauCircuitPrivate *circuit;
  guint depth, n_elements;
  GHashTable *names;
  guint counters[64]; /* Boukamp: how many of each element so far */
} Parser;

static void
node_free (gpointer data)
{
  PlateauNode *node = data;

  g_free (node->name);
  if (node->children != NULL)
    g_array_unref (node->children);
  g_free (node);
}

static void
parameter_clear (gpointer data)
{
  g_free (((PlateauCircuitParameter *) data)->name);
}

static gboolean
fail (Parser *parser, const char *where, GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *what = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
               _ ("Circuit “%.60s%s”, character %ld: %s"), parser->text,
               strlen (parser->text) > 60 ? "…" : "",
               g_utf8_pointer_to_offset (parser->text, where) + 1, what);
  return FALSE;
}

static void
skip_space (Parser *parser)
{
  while (g_ascii_isspace (*parser->at))
    parser->at++;
}

static char *
known_symbols (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < plateau_n_elements; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", plateau_elements[i].info.symbol);
  return g_string_free (list, FALSE);
}

static guint
add_node (Parser *parser, PlateauNodeKind kind, GArray *children)
{
  PlateauNode *node = g_new0 (PlateauNode, 1);

  node->kind = kind;
  node->children = children;
  g_ptr_array_add (parser->circuit->nodes, node);
  return parser->circuit->nodes->len - 1;
}

static gboolean
add_element (Parser *parser, const PlateauElement *element, char *name, const char *where,
             guint *index, GError **error)
{
  PlateauNode *node;

  if (!g_hash_table_add (parser->names, g_strdup (name)))
    return fail (parser, where, error,
                 _ ("the name “%s” is used twice. Number the elements differently."), name);
  if (++parser->n_elements > MAX_ELEMENTS)
    return fail (parser, where, error, _ ("more than %d elements."), MAX_ELEMENTS);
  *index = add_node (parser, PLATEAU_NODE_ELEMENT, NULL);
  node = g_ptr_array_index (parser->circuit->nodes, *index);
  node->element = element;
  node->name = g_strdup (name);
  node->first_parameter = parser->circuit->parameter_list->len;
  for (guint i = 0; i < element->n_parameters; i++)
    {
      const PlateauElementParameter *from = &element->parameters[i];
      PlateauCircuitParameter parameter = { from->suffix != NULL
                                                ? g_strdup_printf ("%s.%s", name, from->suffix)
                                                : g_strdup (name),
                                            from->unit,
                                            from->start,
                                            from->lower,
                                            from->upper,
                                            from->positive };

      g_array_append_val (parser->circuit->parameter_list, parameter);
    }
  return TRUE;
}

/* --- R0-p(R1,CPE1)-W1 ------------------------------------------------------------------------- */

static gboolean parse_series (Parser *parser, guint *index, GError **error);

static gboolean
parse_parallel (Parser *parser, guint *index, GError **error)
{
  const char *start = parser->at;
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (guint));

  if (++parser->depth > MAX_DEPTH)
    return fail (parser, start, error, _ ("nested more than %d deep."), MAX_DEPTH);
  parser->at = strchr (parser->at, '(') + 1;
  for (;;)
    {
      guint child;

      if (!parse_series (parser, &child, error))
        return FALSE;
      g_array_append_val (children, child);
      skip_space (parser);
      if (*parser->at == ',')
        {
          parser->at++;
          continue;
        }
      if (*parser->at == ')')
        break;
      if (*parser->at == '\0')
        return fail (parser, start, error, _ ("this parenthesis is never closed."));
      return fail (parser, parser->at, error, _ ("expected “,” “-” or “)”."));
    }
  if (children->len < 2)
    return fail (parser, start, error,
                 _ ("p(...) needs at least two branches, separated by a comma."));
  parser->at++;
  parser->depth--;
  *index = add_node (parser, PLATEAU_NODE_PARALLEL, g_steal_pointer (&children));
  return TRUE;
}

static gboolean
parse_named (Parser *parser, guint *index, GError **error)
{
  const char *start = parser->at, *end = start, *last;
  const PlateauElement *element;
  g_autofree char *name = NULL;

  while (g_ascii_isalpha (*end))
    end++;
  if (end == start)
    return fail (parser, start, error,
                 *start == '\0' ? _ ("the text ends where an element should be.")
                                : _ ("expected an element such as R0 or CPE1, or p(…,…)."));
  last = end;
  /* TLM2RQ has a digit in its symbol */
  while (*last == '2' && g_ascii_isalpha (last[1]))
    {
      last++;
      while (g_ascii_isalpha (*last))
        last++;
    }
  element = plateau_element_find (start, (gsize) (last - start));
  if (element == NULL)
    {
      g_autofree char *symbol = g_strndup (start, (gsize) (last - start));
      g_autofree char *known = known_symbols ();

      return fail (parser, start, error, _ ("“%s” is not an element. Known are %s."), symbol,
                   known);
    }
  while (g_ascii_isalnum (*last) || *last == '_')
    last++;
  name = g_strndup (start, (gsize) (last - start));
  parser->at = last;
  return add_element (parser, element, name, start, index, error);
}

static gboolean
parse_series (Parser *parser, guint *index, GError **error)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (guint));

  for (;;)
    {
      const char *next;
      guint child;

      skip_space (parser);
      next = parser->at + 1;
      while (*parser->at == 'p' && g_ascii_isspace (*next))
        next++;
      if (!(*parser->at == 'p' && *next == '(' ? parse_parallel (parser, &child, error)
                                               : parse_named (parser, &child, error)))
        return FALSE;
      g_array_append_val (children, child);
      skip_space (parser);
      if (*parser->at != '-')
        break;
      parser->at++;
    }
  if (children->len == 1)
    *index = g_array_index (children, guint, 0);
  else
    *index = add_node (parser, PLATEAU_NODE_SERIES, g_steal_pointer (&children));
  return TRUE;
}

/* --- Boukamp's R(RQ)W ------------------------------------------------------------------------- */

static gboolean
parse_code (Parser *parser, PlateauNodeKind kind, char closing, guint *index, GError **error)
{
  const char *start = parser->at;
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (guint));

  if (++parser->depth > MAX_DEPTH)
    return fail (parser, start, error, _ ("nested more than %d deep."), MAX_DEPTH);
  for (;;)
    {
      guint child;
      char c;

      skip_space (parser);
      c = *parser->at;
      if (c == closing)
        break;
      if (c == '\0')
        return fail (parser, start > parser->text ? start - 1 : start, error,
                     _ ("this bracket is never closed."));
      if (c == '(' || c == '[')
        {
          PlateauNodeKind inner = c == '(' && kind == PLATEAU_NODE_SERIES ? PLATEAU_NODE_PARALLEL
                                                                          : PLATEAU_NODE_SERIES;

          parser->at++;
          if (!parse_code (parser, inner, c == '(' ? ')' : ']', &child, error))
            return FALSE;
        }
      else
        {
          const PlateauElement *element = plateau_element_find_boukamp (c);
          g_autofree char *name = NULL;
          guint number;

          if (element == NULL)
            return fail (
                parser, parser->at, error,
                _ ("“%.*s” is not an element of this notation. Known are R, C, L, Q, W, O, "
                   "T and G; others need the form R0-p(R1,CPE1)."),
                (int) (g_utf8_next_char (parser->at) - parser->at), parser->at);
          number = parser->counters[element - plateau_elements]++;
          /* the first resistor is the series resistance, R0; everything else counts from 1 */
          name = g_strdup_printf ("%s%u", element->info.symbol, number + (c == 'R' ? 0 : 1));
          if (!add_element (parser, element, name, parser->at, &child, error))
            return FALSE;
          parser->at++;
        }
      g_array_append_val (children, child);
    }
  if (closing != '\0')
    parser->at++;
  parser->depth--;
  if (children->len == 0)
    return fail (parser, start, error, _ ("there is nothing here."));
  if (children->len == 1)
    *index = g_array_index (children, guint, 0);
  else
    *index = add_node (parser, kind, g_steal_pointer (&children));
  return TRUE;
}

static gboolean
is_code (const char *text)
{
  gsize length = strlen (text);

  return strpbrk (text, "-,_0123456789") == NULL && plateau_element_find (text, length) == NULL;
}

static void
append_node (const PlateauCircuitPrivate *circuit, guint index, GString *text)
{
  const PlateauNode *node = g_ptr_array_index (circuit->nodes, index);

  if (node->kind == PLATEAU_NODE_ELEMENT)
    {
      g_string_append (text, node->name);
      return;
    }
  if (node->kind == PLATEAU_NODE_PARALLEL)
    g_string_append (text, "p(");
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, node->kind == PLATEAU_NODE_PARALLEL ? ',' : '-');
      append_node (circuit, g_array_index (node->children, guint, i), text);
    }
  if (node->kind == PLATEAU_NODE_PARALLEL)
    g_string_append_c (text, ')');
}

/**
 * plateau_circuit_parse:
 * @text: a circuit: `R0-p(R1,CPE1)-W1` (- in series, p(,) in parallel) or Boukamp's `R(RQ)W`
 *   ((…) in parallel, […] in series)
 * @error: return location; the message says at which character the text is wrong
 *
 * Returns: (transfer full) (nullable): the circuit
 */
PlateauCircuit *
plateau_circuit_parse (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr (PlateauCircuit) circuit = (PlateauCircuit *) g_new0 (PlateauCircuitPrivate, 1);
  PlateauCircuitPrivate *self = (PlateauCircuitPrivate *) circuit;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) named = g_string_new (NULL);
  Parser parser = { .text = stripped, .at = stripped, .circuit = self, .names = names };
  guint root;

  g_atomic_ref_count_init (&self->ref_count);
  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->parameter_list = g_array_new (FALSE, TRUE, sizeof (PlateauCircuitParameter));
  g_array_set_clear_func (self->parameter_list, parameter_clear);
  if (stripped[0] == '\0' || !g_utf8_validate (stripped, -1, NULL))
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                           _ ("No circuit is given. Example: R0-p(R1,CPE1)-W1."));
      return NULL;
    }
  if (is_code (stripped))
    {
      if (!parse_code (&parser, PLATEAU_NODE_SERIES, '\0', &root, error))
        return NULL;
    }
  else if (!parse_series (&parser, &root, error))
    return NULL;
  skip_space (&parser);
  if (*parser.at != '\0')
    {
      fail (&parser, parser.at, error, _ ("expected “-” or the end of the text."));
      return NULL;
    }
  append_node (self, root, named);
  circuit->text = g_string_free (g_steal_pointer (&named), FALSE);
  circuit->n_parameters = self->parameter_list->len;
  circuit->parameters = (const PlateauCircuitParameter *) (void *) self->parameter_list->data;
  return g_steal_pointer (&circuit);
}

/**
 * plateau_circuit_ref:
 * @circuit: a circuit
 *
 * Returns: @circuit with one more reference
 */
PlateauCircuit *
plateau_circuit_ref (PlateauCircuit *circuit)
{
  g_atomic_ref_count_inc (&((PlateauCircuitPrivate *) circuit)->ref_count);
  return circuit;
}

/**
 * plateau_circuit_unref:
 * @circuit: a circuit
 *
 * Drops one reference.
 */
void
plateau_circuit_unref (PlateauCircuit *circuit)
{
  PlateauCircuitPrivate *self = (PlateauCircuitPrivate *) circuit;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free ((gpointer) circuit->text);
  g_ptr_array_unref (self->nodes);
  g_array_unref (self->parameter_list);
  g_free (self);
}

/**
 * plateau_circuit_find:
 * @circuit: a circuit
 * @name: name of a parameter
 *
 * Returns: its index, or -1
 */
int
plateau_circuit_find (const PlateauCircuit *circuit, const char *name)
{
  for (guint i = 0; i < circuit->n_parameters; i++)
    if (g_str_equal (circuit->parameters[i].name, name))
      return (int) i;
  return -1;
}

/* --- impedance -------------------------------------------------------------------------------- */

static double complex
element_with_derivatives (const PlateauNode *node, double omega, const double *values,
                          double complex *dz)
{
  const PlateauElement *element = node->element;
  double p[PLATEAU_ELEMENT_MAX_PARAMETERS];

  if (element->analytic)
    return element->impedance (omega, values, dz);
  memcpy (p, values, element->n_parameters * sizeof (double));
  for (guint i = 0; i < element->n_parameters; i++)
    {
      double h = NUMERIC_STEP * MAX (fabs (values[i]), 1e-30);
      double complex up, down;

      p[i] = values[i] + h;
      up = element->impedance (omega, p, NULL);
      p[i] = values[i] - h;
      down = element->impedance (omega, p, NULL);
      p[i] = values[i];
      dz[i] = (up - down) / (2 * h);
    }
  return element->impedance (omega, values, NULL);
}

/**
 * plateau_circuit_evaluate:
 * @circuit: a circuit
 * @omega: angular frequency, > 0
 * @values: one a parameter
 * @work: two values a node
 * @derivatives: (nullable): receives dZ/dp, one a parameter
 *
 * Nodes stand children first, so one pass forward gives the impedance and one back the factor by
 * which each node's impedance enters that of the whole: 1 in series, (Z / Z_i)^2 in parallel.
 *
 * Returns: the impedance in ohm
 */
double complex
plateau_circuit_evaluate (const PlateauCircuitPrivate *circuit, double omega, const double *values,
                          double complex *work, double complex *derivatives)
{
  guint n = circuit->nodes->len;
  double complex *z = work, *factor = work + n;

  for (guint i = 0; i < n; i++)
    {
      const PlateauNode *node = g_ptr_array_index (circuit->nodes, i);
      guint first = node->first_parameter;

      z[i] = 0;
      if (node->kind == PLATEAU_NODE_ELEMENT)
        z[i] = derivatives != NULL
                   ? element_with_derivatives (node, omega, values + first, derivatives + first)
                   : node->element->impedance (omega, values + first, NULL);
      else if (node->kind == PLATEAU_NODE_SERIES)
        for (guint c = 0; c < node->children->len; c++)
          z[i] += z[g_array_index (node->children, guint, c)];
      else
        {
          for (guint c = 0; c < node->children->len; c++)
            z[i] += 1 / z[g_array_index (node->children, guint, c)];
          z[i] = 1 / z[i];
        }
    }
  if (derivatives == NULL)
    return z[n - 1];
  factor[n - 1] = 1;
  for (guint i = n; i-- > 0;)
    {
      const PlateauNode *node = g_ptr_array_index (circuit->nodes, i);

      if (node->kind == PLATEAU_NODE_ELEMENT)
        {
          for (guint k = 0; k < node->element->n_parameters; k++)
            derivatives[node->first_parameter + k] *= factor[i];
          continue;
        }
      for (guint c = 0; c < node->children->len; c++)
        {
          guint child = g_array_index (node->children, guint, c);
          double complex ratio = node->kind == PLATEAU_NODE_PARALLEL ? z[i] / z[child] : 1;

          factor[child] = factor[i] * ratio * ratio;
        }
    }
  return z[n - 1];
}

/**
 * plateau_circuit_impedance:
 * @circuit: a circuit
 * @values: (array): one a parameter
 * @frequency: (array length=n): Hz, positive
 * @n: number of frequencies
 * @z_re: (array length=n): receives the real part, ohm
 * @z_im: (array length=n): receives the imaginary part, ohm
 */
void
plateau_circuit_impedance (const PlateauCircuit *circuit, const double *values,
                           const double *frequency, gsize n, double *z_re, double *z_im)
{
  const PlateauCircuitPrivate *self = (const PlateauCircuitPrivate *) circuit;
  g_autofree double complex *work = g_new (double complex, 2 * self->nodes->len);

  for (gsize i = 0; i < n; i++)
    {
      double complex z = plateau_circuit_evaluate (self, 2 * G_PI * frequency[i], values, work,
                                                   NULL);

      z_re[i] = creal (z);
      z_im[i] = cimag (z);
    }
}

/* --- diagram ---------------------------------------------------------------------------------- */

typedef struct
{
  double width, above, below; /* of the line that runs through it */
} Extent;

static Extent
measure (const PlateauCircuitPrivate *circuit, guint index)
{
  const PlateauNode *node = g_ptr_array_index (circuit->nodes, index);
  Extent extent = { 1, 0.5, 0.5 };

  if (node->kind == PLATEAU_NODE_ELEMENT)
    return extent;
  extent = (Extent){ 0, 0, 0 };
  for (guint c = 0; c < node->children->len; c++)
    {
      Extent child = measure (circuit, g_array_index (node->children, guint, c));

      if (node->kind == PLATEAU_NODE_SERIES)
        {
          extent.width += child.width;
          extent.above = MAX (extent.above, child.above);
          extent.below = MAX (extent.below, child.below);
        }
      else
        {
          extent.width = MAX (extent.width, child.width + 0.5);
          extent.above += 0.5 * (child.above + child.below);
          extent.below += 0.5 * (child.above + child.below);
        }
    }
  return extent;
}

static void
add_part (GArray *parts, PlateauCircuitShape shape, double x, double y, double width, double height,
          const char *label)
{
  PlateauCircuitPart part = { shape, x, y, width, height, label };

  g_array_append_val (parts, part);
}

static void
place (const PlateauCircuitPrivate *circuit, guint index, double x, double y, GArray *parts)
{
  const PlateauNode *node = g_ptr_array_index (circuit->nodes, index);
  Extent own = measure (circuit, index);

  if (node->kind == PLATEAU_NODE_ELEMENT)
    add_part (parts, node->element->shape, x, y, 1, 0, node->name);
  else if (node->kind == PLATEAU_NODE_SERIES)
    for (guint c = 0; c < node->children->len; c++)
      {
        guint child = g_array_index (node->children, guint, c);

        place (circuit, child, x, y, parts);
        x += measure (circuit, child).width;
      }
  else
    {
      double top = y - own.above, first = NAN, last = y;

      for (guint c = 0; c < node->children->len; c++)
        {
          guint child = g_array_index (node->children, guint, c);
          Extent extent = measure (circuit, child);
          double row = top + extent.above, left = x + 0.5 * (own.width - extent.width);

          add_part (parts, PLATEAU_CIRCUIT_LINE, x + 0.15, row, left - x - 0.15, 0, NULL);
          place (circuit, child, left, row, parts);
          add_part (parts, PLATEAU_CIRCUIT_LINE, left + extent.width, row,
                    x + own.width - 0.15 - left - extent.width, 0, NULL);
          if (isnan (first))
            first = row;
          last = row;
          top += extent.above + extent.below;
        }
      add_part (parts, PLATEAU_CIRCUIT_LINE, x + 0.15, first, 0, last - first, NULL);
      add_part (parts, PLATEAU_CIRCUIT_LINE, x + own.width - 0.15, first, 0, last - first, NULL);
      add_part (parts, PLATEAU_CIRCUIT_LINE, x, y, 0.15, 0, NULL);
      add_part (parts, PLATEAU_CIRCUIT_LINE, x + own.width - 0.15, y, 0.15, 0, NULL);
    }
}

/**
 * plateau_circuit_draw:
 * @circuit: a circuit; the labels of the parts belong to it
 * @width: (out): width of the diagram
 * @height: (out): its height
 *
 * Lays the circuit out from left to right, one unit an element, branches below each other.
 *
 * Returns: (transfer full) (element-type PlateauCircuitPart): what to draw
 */
GArray *
plateau_circuit_draw (const PlateauCircuit *circuit, double *width, double *height)
{
  const PlateauCircuitPrivate *self = (const PlateauCircuitPrivate *) circuit;
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (PlateauCircuitPart));
  guint root = self->nodes->len - 1;
  Extent extent = measure (self, root);

  add_part (parts, PLATEAU_CIRCUIT_TERMINAL, 0.1, extent.above, 0, 0, NULL);
  add_part (parts, PLATEAU_CIRCUIT_LINE, 0.1, extent.above, 0.2, 0, NULL);
  place (self, root, 0.3, extent.above, parts);
  add_part (parts, PLATEAU_CIRCUIT_LINE, 0.3 + extent.width, extent.above, 0.2, 0, NULL);
  add_part (parts, PLATEAU_CIRCUIT_TERMINAL, 0.5 + extent.width, extent.above, 0, 0, NULL);
  *width = 0.6 + extent.width;
  *height = extent.above + extent.below;
  return parts;
}

/* --- recipes ---------------------------------------------------------------------------------- */

static const PlateauCircuitRecipe recipes[] = {
  { "bulk-arc", N_ ("Electrolyte: bulk and grain boundary, blocking"), "R0-p(R1,CPE1)-CPE2",
    N_ ("R0 bulk, R1 grain boundary, CPE2 blocking electrodes: ionic conductivity of a pellet") },
  { "bulk-blocking", N_ ("Electrolyte: bulk, blocking"), "p(R0,CPE1)-CPE2",
    N_ ("One arc of the whole electrolyte and blocking electrodes") },
  { "two-arcs", N_ ("Cell: interphase and charge transfer"), "R0-p(R1,CPE1)-p(R2,CPE2)",
    N_ ("R0 electrolyte, R1 SEI/CEI, R2 charge transfer") },
  { "two-arcs-warburg", N_ ("Cell: interphase, charge transfer, diffusion"),
    "R0-p(R1,CPE1)-p(R2,CPE2)-W1", N_ ("As before, with semi-infinite diffusion") },
  { "solid-cell", N_ ("Solid-state cell: grain boundary, interphase, charge transfer, diffusion"),
    "L0-R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-CPE4",
    N_ ("R1 grain boundary of the electrolyte, R2 SEI/CEI, R3 charge transfer, CPE4 diffusion") },
  { "randles", N_ ("Randles"), "R0-p(R1-W1,CPE1)",
    N_ ("Charge transfer with diffusion behind the same double layer") },
  { "randles-space", N_ ("Randles, finite space"), "R0-p(R1-Wo1,CPE1)",
    N_ ("Diffusion in particles of finite size") },
  { "composite-blocking", N_ ("Composite cathode: ionic resistance, blocking"), "R0-TLMQ1",
    N_ ("Symmetric cell at a blocking state: Rion of the composite") },
  { "composite", N_ ("Composite cathode: charge transfer along the depth"), "R0-TLMRQ1",
    N_ ("Transmission line with charge transfer at every depth") },
  { "composite-diffusion", N_ ("Composite cathode: charge transfer and diffusion"),
    "R0-p(R1,CPE1)-TLMD1", N_ ("R1 interphase; diffusion inside the particles") },
  { "composite-two-rails", N_ ("Composite cathode: ionic and electronic rail"), "R0-TLM2RQ1",
    N_ ("For composites whose electronic resistance counts") },
};

/**
 * plateau_circuit_list_recipes:
 * @n: (out): number of recipes
 *
 * Returns: (array length=n): circuits for solid-state cells
 */
const PlateauCircuitRecipe *
plateau_circuit_list_recipes (guint *n)
{
  *n = G_N_ELEMENTS (recipes);
  return recipes;
}
