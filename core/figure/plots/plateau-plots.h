/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-plot-kind.h"

G_BEGIN_DECLS

/* One file each in this folder. */
extern const PlateauPlotKind plateau_plot_potential_capacity;
extern const PlateauPlotKind plateau_plot_capacity_cycle;
extern const PlateauPlotKind plateau_plot_potential_time;
extern const PlateauPlotKind plateau_plot_metric_cycle;
extern const PlateauPlotKind plateau_plot_rate_cycle;
extern const PlateauPlotKind plateau_plot_rate_capability;
extern const PlateauPlotKind plateau_plot_dqdv;
extern const PlateauPlotKind plateau_plot_dqdv_peaks;
extern const PlateauPlotKind plateau_plot_metric_bars;
extern const PlateauPlotKind plateau_plot_literature;
extern const PlateauPlotKind plateau_plot_gitt;
extern const PlateauPlotKind plateau_plot_gitt_pulse;
extern const PlateauPlotKind plateau_plot_voltammogram;
extern const PlateauPlotKind plateau_plot_scan_rate_peaks;
extern const PlateauPlotKind plateau_plot_scan_rate_shares;
extern const PlateauPlotKind plateau_plot_scan_rate_split;
extern const PlateauPlotKind plateau_plot_hold;
extern const PlateauPlotKind plateau_plot_box;
extern const PlateauPlotKind plateau_plot_arrhenius;
extern const PlateauPlotKind plateau_plot_conductivity_composition;
extern const PlateauPlotKind plateau_plot_conductivity_bars;
extern const PlateauPlotKind plateau_plot_relaxation;
extern const PlateauPlotKind plateau_plot_nyquist;
extern const PlateauPlotKind plateau_plot_bode;
extern const PlateauPlotKind plateau_plot_kk_orders;
extern const PlateauPlotKind plateau_plot_kk_residuals;
extern const PlateauPlotKind plateau_plot_fit_residuals;
extern const PlateauPlotKind plateau_plot_drt;
extern const PlateauPlotKind plateau_plot_circuit_series;
extern const PlateauPlotKind plateau_plot_zhit_residuals;
extern const PlateauPlotKind plateau_plot_drt_difference;
extern const PlateauPlotKind plateau_plot_drt_difference_map;
extern const PlateauPlotKind plateau_plot_drt_symmetric;
extern const PlateauPlotKind plateau_plot_drt_map;
extern const PlateauPlotKind plateau_plot_drt_processes;
extern const PlateauPlotKind plateau_plot_drt_scores;
extern const PlateauPlotKind plateau_plot_drt_sensitivity;
extern const PlateauPlotKind plateau_plot_drt_hilbert;
extern const PlateauPlotKind plateau_plot_drt_hilbert_scores;
extern const PlateauPlotKind plateau_plot_series_curve;

G_END_DECLS
