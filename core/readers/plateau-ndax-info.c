/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-number.h"
#include "readers/plateau-ndax.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

/* The XML members are small; a larger one is none of the instrument's. */
#define MAX_XML_SIZE ((guint64) 16 << 20)

static xmlDoc *
read_xml (PlateauZip *zip, const char *name, PlateauMeasurement *measurement)
{
  if (!plateau_zip_has (zip, name) || plateau_zip_get_size (zip, name) > MAX_XML_SIZE)
    return NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = plateau_zip_read (zip, name, &problem);
  if (bytes == NULL)
    {
      plateau_measurement_warn (measurement, "%s", problem->message);
      return NULL;
    }
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  /* The instrument's software says GB2312 but writes any character of GB18030. */
  gsize head = MIN (length, 100);
  const char *encoding = g_strstr_len (text, (gssize) head, "GB2312") != NULL ? "GB18030" : NULL;
  xmlDoc *document = xmlReadMemory (text, (int) length, name, encoding,
                                    XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                                        | XML_PARSE_NONET);
  if (document == NULL)
    plateau_measurement_warn (
        measurement, _ ("“%s” in the archive is damaged; what it says is left out."), name);
  return document;
}

static xmlNode *
find_node (xmlNode *parent, const char *name, guint depth)
{
  for (xmlNode *node = parent != NULL ? parent->children : NULL; node != NULL; node = node->next)
    {
      if (node->type != XML_ELEMENT_NODE)
        continue;
      if (strcmp ((const char *) node->name, name) == 0)
        return node;
      xmlNode *inner = depth > 0 ? find_node (node, name, depth - 1) : NULL;
      if (inner != NULL)
        return inner;
    }
  return NULL;
}

static char *
dup_attribute (xmlNode *node, const char *name)
{
  xmlChar *value = node != NULL ? xmlGetProp (node, (const xmlChar *) name) : NULL;
  char *copy = g_strdup ((const char *) value);
  if (value != NULL)
    xmlFree (value);
  return copy;
}

static guint
get_number (xmlNode *node, const char *attribute)
{
  g_autofree char *text = dup_attribute (node, attribute);
  return text != NULL ? (guint) strtoul (text, NULL, 10) : 0;
}

static void
set_info_from_attribute (PlateauMeasurement *measurement, const char *key, xmlNode *node,
                         const char *attribute)
{
  g_autofree char *text = dup_attribute (node, attribute);
  if (text != NULL && g_strstrip (text)[0] != '\0')
    plateau_measurement_set_info (measurement, key, text);
}

/* Head_Info keeps numbers as <NAME Value="..."/>. */
static void
set_info_from_scaled (PlateauMeasurement *measurement, const char *key, xmlNode *head,
                      const char *name, double factor)
{
  g_autofree char *text = dup_attribute (find_node (head, name, 0), "Value");
  double value;
  if (text == NULL || !plateau_parse_number (text, &value) || !(value > 0))
    return;
  g_autofree char *scaled = plateau_format_significant (value * factor, 10);
  plateau_measurement_set_info (measurement, key, scaled);
}

static void
set_started (PlateauMeasurement *measurement, xmlNode *info)
{
  g_autofree char *text = dup_attribute (info, "StartTime");
  if (text == NULL || strlen (text) < 19 || text[10] != ' ')
    return;
  text[10] = 'T';
  plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, text);
}

/* The rack numbers its units and channels from 0 or 1 as it likes; what it shows to the user is in
 * the settings for backups. */
static void
set_channel (PlateauMeasurement *measurement, xmlNode *info, xmlNode *backup)
{
  guint unit = get_number (info, "UnitID"), channel = get_number (info, "ChlID");
  g_autofree char *settings = dup_attribute (backup, "Value");
  const char *shown_unit = settings != NULL ? strstr (settings, "\"UnitIDDisplay\":") : NULL;
  const char *shown_channel = settings != NULL ? strstr (settings, "\"ChlIDDisplay\":") : NULL;
  if (shown_unit != NULL && shown_channel != NULL)
    {
      unit = (guint) strtoul (shown_unit + 16, NULL, 10);
      channel = (guint) strtoul (shown_channel + 15, NULL, 10);
    }
  g_autofree char *text = g_strdup_printf ("%u-%u-%u", get_number (info, "DevID"), unit, channel);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_CHANNEL, text);
}

static void
list_channels (xmlNode *info, GArray *channels)
{
  for (xmlNode *node = info->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE && g_str_has_prefix ((const char *) node->name, "Aux"))
      {
        PlateauNdaxChannel channel = { get_number (node, "AuxID"), get_number (node, "RealChlID"),
                                       get_number (node, "ChlType") };
        g_array_append_val (channels, channel);
      }
}

static void
read_test_info (PlateauZip *zip, PlateauMeasurement *measurement, GArray *channels)
{
  xmlDoc *document = read_xml (zip, "TestInfo.xml", measurement);
  xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  xmlNode *info = find_node (root, "TestInfo", 2);
  if (info != NULL)
    {
      set_info_from_attribute (measurement, PLATEAU_INFO_CELL_NAME, info, "Barcode");
      set_info_from_attribute (measurement, PLATEAU_INFO_COMMENT, info, "Remark");
      set_info_from_attribute (measurement, "program", info, "StepName");
      set_started (measurement, info);
      set_channel (measurement, info, find_node (root, "Backup", 2));
      list_channels (info, channels);
    }
  else if (root != NULL)
    plateau_measurement_warn (measurement,
                              _ ("“%s” in the archive is damaged; what it says is left out."),
                              "TestInfo.xml");
  if (document != NULL)
    xmlFreeDoc (document);
}

static void
read_step_info (PlateauZip *zip, PlateauMeasurement *measurement)
{
  xmlDoc *document = read_xml (zip, "Step.xml", measurement);
  xmlNode *head = document != NULL ? find_node (xmlDocGetRootElement (document), "Head_Info", 2)
                                   : NULL;
  if (head != NULL)
    {
      /* Active mass in micrograms, nominal capacity in mA s. */
      set_info_from_scaled (measurement, PLATEAU_INFO_MASS_MG, head, "SCQ", 1e-3);
      set_info_from_scaled (measurement, PLATEAU_INFO_NOMINAL_CAPACITY_MAH, head, "MultCap",
                            1 / 3600.0);
      set_info_from_attribute (measurement, "operator", find_node (head, "Creator", 0), "Value");
      if (plateau_measurement_get_info (measurement, PLATEAU_INFO_COMMENT) == NULL)
        set_info_from_attribute (measurement, PLATEAU_INFO_COMMENT, find_node (head, "Remark", 0),
                                 "Value");
    }
  if (document != NULL)
    xmlFreeDoc (document);
}

static void
read_version_info (PlateauZip *zip, PlateauMeasurement *measurement)
{
  xmlDoc *document = read_xml (zip, "VersionInfo.xml", measurement);
  xmlNode *version = document != NULL ? find_node (xmlDocGetRootElement (document), "ZwjVersion", 2)
                                      : NULL;
  set_info_from_attribute (measurement, PLATEAU_INFO_SOFTWARE, version, "SvrVer");
  if (document != NULL)
    xmlFreeDoc (document);
}

/**
 * plateau_ndax_read_info:
 * @zip: an .ndax archive
 * @measurement: gets name, channel, start, active mass and so on; damaged members are warnings
 *
 * Returns: (transfer full) (element-type PlateauNdaxChannel): the auxiliary channels of the test
 */
GArray *
plateau_ndax_read_info (PlateauZip *zip, PlateauMeasurement *measurement)
{
  GArray *channels = g_array_new (FALSE, FALSE, sizeof (PlateauNdaxChannel));
  read_test_info (zip, measurement, channels);
  read_step_info (zip, measurement);
  read_version_info (zip, measurement);
  return channels;
}
